// node bench/laws/experts.js [sets]: how Clark's law, without and with a floor, predicts larger models and more experts than it was fitted to, on the
// public runs; and how often 95 % intervals hold the truth on simulated sets of the size of those runs (default 200 sets,
// seed 1). After `npm run build`; two to three minutes.
import {
  effectiveParameterCount,
  fit,
  flooredRoutedLaw,
  holdOut,
  predict,
  routedLaw,
  squared,
} from "isoflop";
import { clarkRoutedFinal } from "isoflop-datasets";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

const kept = clarkRoutedFinal().filter((run) => run.topK === 1 && run.routedShare === 0.5 && run.seed === 42);
const routers = ["S-Base", "RL-R", "Hash"];
const runsOf = (router, runs = kept) => runs.filter((run) => run.router === router || run.router === "Dense");
const options = { loss: squared() };
const percent = (share) => `${(100 * share).toFixed(1)} %`;

const splits = {
  "N up to 57M, judged at 132M to 1.3B": (run) => run.nParams > 6e7,
  "N up to 132M, judged at 368M and 1.3B": (run) => run.nParams > 2e8,
  "N up to 368M, judged at 1.3B": (run) => run.nParams > 5e8,
  "E up to 32, judged at 64 to 512": (run) => run.experts > 32,
  "E up to 128, judged at 256 and 512": (run) => run.experts > 128,
  "both: N up to 132M and E up to 64, judged above both": (run) => run.nParams > 2e8 && run.experts > 64,
};

console.log(
  "Hold-out by scale, public runs: mean |error|, mean error, largest, 95 % intervals of a new run that hold it",
);
for (const [name, isHeldOut] of Object.entries(splits)) {
  const between = name.startsWith("both")
    ? (run) => isHeldOut(run) || (run.nParams < 2e8 && run.experts <= 64)
    : () => true;
  for (const [router, law] of routers.flatMap((each) => [
    [each, routedLaw],
    [each, flooredRoutedLaw],
  ])) {
    const check = holdOut(law, runsOf(router).filter(between), isHeldOut, options);
    const boot = await check.fit
      .bootstrap({ kind: "residual", resamples: 399, seed: 1 })
      .catch(() => undefined);
    const holds = (interval) => {
      const inside = check.heldOut.filter(({ run, observed }) => {
        const [low, high] = interval(run);
        return low <= observed && observed <= high;
      });
      return `${inside.length}/${check.heldOut.length}`;
    };
    console.log(
      `${name}; ${router}, ${law.name}: ${check.fit.n} fitted (${check.fit.status}); ${percent(check.meanAbsoluteError)}, ` +
        `${percent(check.meanError)}, ${percent(check.largestError)}; delta ${holds((run) =>
          check.fit.predictionInterval(run, { kind: "new-run" }),
        )}, residual bootstrap ${boot ? holds((run) => boot.predictionInterval(run, { kind: "new-run" })) : "-"}`,
    );
  }
}

/** Quantities that people ask of the law, of its constants. */
const far = { nParams: 13e9, experts: 64 };
const gain = (nParams) => () => (theta) =>
  Math.log(effectiveParameterCount({ nParams, experts: 64, law: { parameters: theta } }).gain);
const quantities = {
  a:
    () =>
    ({ a }) =>
      a,
  b:
    () =>
    ({ b }) =>
      b,
  c:
    () =>
    ({ c }) =>
      c,
  start:
    () =>
    ({ start }) =>
      Math.log(start),
  max:
    () =>
    ({ max }) =>
      Math.log(max),
  "slope at 1.3B (b + 9.11 c)":
    () =>
    ({ b, c }) =>
      b + c * Math.log10(1.3e9),
  "gain of 64 experts at 1.3B (ln)": gain(1.3e9),
  "gain of 64 experts at 13B (ln)": gain(13e9),
  "loss at 13B, 64 experts": (law) => (theta) => predict(law, theta, far),
};

const sets = Number(process.argv[2] ?? 200);
const counts = new Map();
const widths = new Map();
const count = (key, [low, high], truth) => {
  const entry = counts.get(key) ?? [0, 0];
  counts.set(key, [entry[0] + (low <= truth && truth <= high ? 1 : 0), entry[1] + 1]);
  widths.set(key, [...(widths.get(key) ?? []), high - low]);
};
const truths = [routedLaw, flooredRoutedLaw].flatMap((law) =>
  routers.map((router) => {
    const found = fit(law, runsOf(router), options);
    const residuals = found.residuals();
    const sigma = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / (found.n - found.freeParameters));
    console.log(`${router}, ${law.name}: noise ${percent(sigma)}, objective ${found.objective}`);
    return { law, router, theta: found.parameters, sigma };
  }),
);
let open = 0;
for (let set = 0; set < sets; set++) {
  for (const [k, { law, router, theta, sigma }] of truths.entries()) {
    const random = new Random(1, set * 6 + k);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    const runs = runsOf(router).map((run) => ({
      nParams: run.nParams,
      experts: run.experts,
      loss: predict(law, theta, run) * Math.exp(sigma * normal()),
    }));
    const next = predict(law, theta, far) * Math.exp(sigma * normal());
    const found = fit(law, runs, options);
    if (found.status !== "converged") open++;
    const intervals = {};
    for (const kind of ["pairs", "residual"]) {
      const boot = await found
        .bootstrap({ kind, resamples: 199, seed: set, threads: 1 })
        .catch(() => undefined);
      if (!boot) continue;
      intervals[kind] = (quantity) => boot.interval(quantity);
      count(
        `${law.name}|${kind}|new run at 13B, 64 experts`,
        boot.predictionInterval(far, { kind: "new-run" }),
        next,
      );
    }
    for (const kind of ["hessian", "HC3"]) {
      intervals[`delta ${kind}`] = (quantity) => found.interval(quantity, { kind });
      count(
        `${law.name}|delta ${kind}|new run at 13B, 64 experts`,
        found.predictionInterval(far, { kind: "new-run", covariance: kind }),
        next,
      );
    }
    for (const [kind, interval] of Object.entries(intervals)) {
      for (const [name, quantity] of Object.entries(quantities)) {
        count(`${law.name}|${kind}|${name}`, interval(quantity(law)), quantity(law)(theta));
      }
    }
  }
}
console.log(
  `\nCoverage of 95 % intervals ± standard error (median width), ${sets} simulated sets of ${kept.length} runs (three routers each, law and noise as fitted to the public runs), seed 1; fits not "converged": ${open} of ${6 * sets}`,
);
for (const law of ["routedLaw", "flooredRoutedLaw"]) {
  for (const name of [...Object.keys(quantities), "new run at 13B, 64 experts"]) {
    const cells = ["delta hessian", "delta HC3", "residual", "pairs"].map((kind) => {
      const [held, all] = counts.get(`${law}|${kind}|${name}`) ?? [0, 0];
      const share = held / all;
      const width = widths.get(`${law}|${kind}|${name}`).sort((p, q) => p - q)[Math.floor(all / 2)];
      return `${kind} ${percent(share)} ± ${percent(Math.sqrt((share * (1 - share)) / all))} (${width.toPrecision(2)})`;
    });
    console.log(`${law}, ${name}: ${cells.join("; ")}`);
  }
}
