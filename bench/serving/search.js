// node bench/serving/search.js: configurations a second of the search of serving configurations, with `estimateEngine` and with an
// estimator that costs nothing, which leaves the search's own share. Only configurations that fit and are estimated count.
import { pathToFileURL } from "node:url";
import { modelNamed, searchServing } from "isoflop";

const cases = [
  ["Llama-3.1-70B", 64],
  ["DeepSeek-V3", 32],
];

const around = (value) => ({
  value,
  interval80: [value / 1.5, value * 1.5],
  interval95: [value / 2, value * 2],
});
const size = ({ instances, layout }) =>
  instances * layout.tensorParallel * layout.pipelineParallel * layout.attentionDataParallel;

/** An estimate in closed form, at next to no cost. */
function free({ serve, prefill, load }) {
  const decoding = load.concurrency / serve.instances;
  const tpot = 0.01 + (1e-5 * decoding) / serve.layout.tensorParallel;
  return {
    ttftS: around(0.1),
    tpotS: around(tpot),
    tokensPerS: around(load.concurrency / tpot),
    devices: size(serve) + (prefill ? size(prefill) : 0),
    decoding,
    inDistribution: true,
    calibratedOn: "",
    assumptions: [],
  };
}

/** Configurations a second of processor time and of the clock, the fastest of three searches. */
function rate(estimator) {
  let configurations = 0;
  let [cpu, clock] = [0, 0];
  for (const [name, devices] of cases) {
    let best = { cpu: Infinity, clock: Infinity };
    let fitting = 0;
    for (let i = 0; i < 3; i++) {
      const model = modelNamed(name);
      const before = process.cpuUsage();
      const start = performance.now();
      const found = searchServing(model, {
        offers: [{ accelerator: "h200-sxm", devices }],
        promptTokens: 1024,
        outputTokens: 512,
        objective: "usdPerMillionTokens",
        limits: { tpotS: 0.1 },
        ...(estimator && { estimator }),
      });
      const used = process.cpuUsage(before);
      fitting = found.fitting;
      const seconds = { cpu: (used.user + used.system) / 1e6, clock: (performance.now() - start) / 1000 };
      if (seconds.clock < best.clock) best = seconds;
    }
    configurations += fitting;
    cpu += best.cpu;
    clock += best.clock;
  }
  return { configurations, perCpuS: configurations / cpu, perS: configurations / clock };
}

export function rows() {
  const row = (bar, { configurations, perCpuS, perS }, judged) => ({
    bar,
    wanted: "10,000 a second of one processor",
    got: `${Math.round(perS)} a second by the clock, ${Math.round(perCpuS)} a second of one processor (${configurations} configurations)`,
    held: judged ? perCpuS >= 10_000 : null,
    howHeldOut: `${cases.map(([name, devices]) => `${name} on ${devices} H200`).join(", ")}; one thread`,
  });
  return [
    row("configurations searched with estimateEngine", rate(), true),
    row("configurations searched, the estimator free: the search's own share", rate(free), false),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { bar, got, held, wanted, howHeldOut } of rows()) {
    console.log(
      `${held === null ? "shown " : held ? "held  " : "missed"} ${bar}: ${got} (${wanted}; ${howHeldOut})`,
    );
  }
}
