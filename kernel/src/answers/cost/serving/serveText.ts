import { formatNumber, type ServingInstances, type ServingLoad } from "isoflop";
import { fittedTable } from "../../../text/fittedTable.ts";
import { wrapText } from "../../../text/wrapText.ts";
import type { RangedFigure } from "../ScenarioTable.ts";
import type { PresetAnswer } from "./presetAnswer.ts";
import type { ServeAnswer } from "./serveAnswer.ts";
import type { TokenPrice } from "./usdOf.ts";

const digits = (value: number) => formatNumber(value, 3);

/** The answer of `isoflop cost serve` for a terminal of so many columns. */
export function serveText(answer: ServeAnswer, width = Number.POSITIVE_INFINITY): string {
  const { accelerator, devices, load, serve, prefill, memory, prefillMemory } = answer;
  const line = (name: string, { value, interval80, interval95 }: RangedFigure, factor = 1) => [
    name,
    digits(factor * value),
    ...[interval80, interval95].map((range) => range.map((end) => digits(factor * end)).join(" to ")),
  ];
  const price = answer.usdPerMillionTokens;
  const figures = [
    line("ms to the first token", answer.ttftS, 1000),
    line("ms a token", answer.tpotS, 1000),
    line("tokens/s", answer.tokensPerS),
    ...(devices > 1 ? [line("tokens/s/device", answer.tokensPerS, 1 / devices)] : []),
    ...(price ? [line("$ a million tokens", price)] : []),
  ];
  const percentiles = (answer.percentiles ?? []).flatMap(({ percent, ttftS, tpotS, e2eS }) => [
    line(`p${percent} ms to the first token`, ttftS, 1000),
    ...(tpotS ? [line(`p${percent} ms a token`, tpotS, 1000)] : []),
    line(`p${percent} s of a request`, e2eS),
  ]);
  const served = prefill
    ? `prefill ${instancesText(prefill)}, decode ${instancesText(serve)}`
    : instancesText(serve);
  const head = `${answer.model || "model"} on ${devices} × ${accelerator}, ${answer.precision}${answer.engine ? `, ${answer.engine}` : ""}`;
  const notes = [
    memory.note,
    ...(prefillMemory ? [`prefill ${prefillMemory.note}`] : []),
    ...(price ? [priceText(price)] : []),
    `calibrated on ${answer.calibratedOn}`,
    ...(answer.inDistribution
      ? []
      : ["unlike what was calibrated on: take the intervals as too narrow rather than too wide"]),
    ...answer.assumptions,
  ];
  return [
    ...wrapText(head, width),
    ...wrapText(
      `${served}; ${loadText(load)}, ${answer.promptTokens} tokens of prompt and ${answer.outputTokens} of output`,
      width,
    ),
    "",
    fittedTable(["", "expected", "80 %", "95 %"], [...figures, ...percentiles], { width }),
    "",
    ...notes.flatMap((note) => wrapText(`- ${note}`, width, 2)),
  ].join("\n");
}

/** The answer of the short form. */
export function presetText(answer: PresetAnswer, width = Number.POSITIVE_INFINITY): string {
  const { memory, decodeStepSeconds: step, usdPerMillionTokens: price } = answer;
  const gb = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
  const figures = [
    ["ms of prefill", digits(1000 * answer.prefillSeconds)],
    ["ms of a decode step, mean", digits(1000 * step.mean)],
    ["first, last", `${digits(1000 * step.first)}, ${digits(1000 * step.last)}`],
    ["bound by", answer.decodeBound],
    ["s in all", digits(answer.totalSeconds)],
    ["tokens/s", digits(answer.tokensPerSecond)],
    ...(price ? [["$ a million tokens", price.interval80.map(digits).join(" to ")]] : []),
    ["weights of a device", gb(answer.weightBytesPerDevice)],
    ["cache of a device", gb(memory.kvBytesPerDevice)],
    ["cache of a token", `${answer.kvBytesPerToken} B`],
    ["largest batch", String(memory.largestBatch)],
  ];
  const { weights, activations, kv } = answer.bits;
  return [
    ...wrapText(
      `${answer.model || "model"} on ${answer.devices} × ${answer.accelerator}, ${answer.preset === "ideal" ? "ideal roofline" : "roofline at measured efficiencies"}`,
      width,
    ),
    ...wrapText(
      `a static batch of ${answer.batch}, ${answer.promptTokens} tokens of prompt and ${answer.outputTokens} of output; bits: weights ${weights}, activations ${activations}, cache ${kv}`,
      width,
    ),
    "",
    fittedTable(["", ""], figures, { width }).split("\n").slice(2).join("\n"),
    "",
    ...[...(price ? [priceText(price)] : []), ...answer.assumptions].flatMap((note) =>
      wrapText(`- ${note}`, width, 2),
    ),
  ].join("\n");
}

/** Instances in the letters of the field: "2×tp4 pp2", with dp, ep and etp where they are not 1. */
export function instancesText({ instances, layout }: ServingInstances): string {
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel } = layout;
  const degrees = [
    `tp${tensorParallel}`,
    ...(pipelineParallel > 1 ? [`pp${pipelineParallel}`] : []),
    ...(attentionDataParallel > 1 ? [`dp${attentionDataParallel}`] : []),
    ...(expertParallel > 1 ? [`ep${expertParallel}`] : []),
  ].join(" ");
  return instances === 1 ? degrees : `${instances}×${degrees}`;
}

function loadText(load: ServingLoad): string {
  switch (load.kind) {
    case "closed":
      return `${load.concurrency} request${load.concurrency === 1 ? "" : "s"} at all times`;
    case "static":
      return `a static batch of ${load.batch}`;
    case "open":
      return `${load.requestsPerS} requests a second (Poisson)`;
    case "offline":
      return "all requests there from the beginning";
  }
}

function priceText({ usdPerHour: { low, high, asOf, from } }: TokenPrice): string {
  const hour = low === high ? `$${low}` : `$${low} to $${high}`;
  return `${hour} an accelerator hour (${[from, from?.includes(asOf ?? "") ? "" : asOf].filter(Boolean).join(", ")})`;
}
