// node bench/laws/levers.js [--sets 200] [--seed 1]   (after npm run build)
// How often 95 % intervals of the smaller levers hold the truth, on simulated sets of the size of the public ones: ParScale's
// 24 losses a corpus, and two corpora of the loss-to-loss sweep. One line a figure, with its standard error.
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { fit, huber, kaplanJoint, lossToLossLine, parallelLoss, withParameters } from "isoflop";
import { Random } from "../../helpers/dist/numerics/random/Random.js";

function drawsOf(seed, set) {
  const random = new Random(seed, set);
  return () => random.normal();
}

const holds = ([low, high], truth) => low <= truth && truth <= high;

// ParScale: six sizes, four numbers of streams, scatter of a quarter of a per cent; the truth is near the fit to Pile.
const streams = withParameters(parallelLoss, { E: 1.29, A: 42.5, alpha: 0.196, k: 0.334 });
const sizes = [0.536e9, 0.694e9, 1.088e9, 1.571e9, 2.775e9, 4.353e9];
const streamDesign = sizes.flatMap((nParams) => [1, 2, 4, 8].map((P) => ({ nParams, streams: P })));
const beyond = { nParams: 8e9, streams: 16 };

function streamSet(normal, noise, loss) {
  const runs = streamDesign.map((point) => ({
    ...point,
    loss: streams.predict(point) * Math.exp(noise * normal()),
  }));
  const found = fit(parallelLoss, runs, loss && { loss });
  const next = streams.predict(beyond) * Math.exp(noise * normal());
  if (found.status === "not-identified") return {};
  return {
    "k, delta method": holds(found.covariance().interval("k", 0.95), streams.parameters.k),
    "k, profile": holds(found.profile("k", { level: 0.95 }).interval, streams.parameters.k),
    "law at 8B and 16 streams": holds(found.predictionInterval(beyond), streams.predict(beyond)),
    "run at 8B and 16 streams": holds(found.predictionInterval(beyond, { kind: "new-run" }), next),
  };
}

// Loss to loss: eight budgets, eleven sizes; the second corpus is tied to the first by K = .6 and kappa exactly.
const kappa = 1.07;
const c = 0.6 ** (1 / (0.453 * kappa));
const source = withParameters(kaplanJoint, { E: 2.17, A: 6.8e7, B: 9.3e8, alpha: 0.411, beta: 0.453 });
const target = withParameters(kaplanJoint, {
  E: 1.32,
  A: 6.8e7 * c ** (0.453 / 0.411),
  B: 9.3e8 * c,
  alpha: 0.411 * kappa,
  beta: 0.453 * kappa,
});
const budgets = [2e17, 4.37e17, 9.56e17, 2.09e18, 4.57e18, 1e19, 2.2e19, 4.84e19];
const sweep = budgets.flatMap((flops) =>
  Array.from({ length: 11 }, (_, i) => {
    const nParams = 1e8 * (flops / 4.5e18) ** 0.5 * 2 ** ((i - 2) / 2);
    return { nParams, nTokens: flops / (6 * nParams) };
  }),
);
const largest = { nParams: 3.31e9, nTokens: 50.4e9 };

function lossSet(normal, noise) {
  const draw = (law, point) => law.predict(point) * Math.exp(noise * normal());
  const [first, second] = [source, target].map((law) =>
    sweep.map((point) => ({ ...point, loss: draw(law, point) })),
  );
  const [a, b] = [first, second].map((runs) => fit(kaplanJoint, runs, { loss: huber(1e-3) }));
  if ([a, b].some(({ status }) => status !== "converged")) return {};
  const pairs = first.map(({ loss }, i) => ({ sourceLoss: loss, targetLoss: second[i].loss }));
  const floors = { sourceFloor: a.parameters.E, targetFloor: b.parameters.E };
  const errors = {
    sourceFloorError: a.covariance().standardErrors.E,
    targetFloorError: b.covariance().standardErrors.E,
  };
  const [known, wanted] = [draw(source, largest), draw(target, largest)];
  return {
    "floor E of 88 runs, delta method": holds(a.covariance().interval("E", 0.95), source.parameters.E),
    "largest run, by its own form": holds(b.predictionInterval(largest, { kind: "new-run" }), wanted),
    "largest run, by the line, floors exact": holds(lossToLossLine(pairs, floors).interval(known), wanted),
    "largest run, by the line, with the floors' errors": holds(
      lossToLossLine(pairs, { ...floors, ...errors }).interval(known),
      wanted,
    ),
  };
}

export function main(args) {
  const { values } = parseArgs({
    args,
    options: { sets: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
  });
  const [sets, seed] = [Number(values.sets), Number(values.seed)];
  const studies = {
    "streams, default loss": (normal) => streamSet(normal, 0.0025),
    "streams, huber(1e-3) as the authors": (normal) => streamSet(normal, 0.0025, huber(1e-3)),
    "loss to loss": (normal) => lossSet(normal, 0.003),
    "loss to loss, noise as the joint form's misfit": (normal) => lossSet(normal, 0.01),
  };
  for (const [study, one] of Object.entries(studies)) {
    const counts = new Map();
    for (let k = 0; k < sets; k++) {
      for (const [name, held] of Object.entries(one(drawsOf(seed, k)))) {
        const [n, inside] = counts.get(name) ?? [0, 0];
        counts.set(name, [n + 1, inside + (held ? 1 : 0)]);
      }
    }
    for (const [name, [n, inside]] of counts) {
      const share = inside / n;
      const error = Math.sqrt((share * (1 - share)) / n);
      console.log(
        `${study}: ${name}: ${(100 * share).toFixed(1)} % ± ${(100 * error).toFixed(1)} of ${n} sets (seed ${seed})`,
      );
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
