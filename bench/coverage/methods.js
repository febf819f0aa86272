// Every way to an interval, in groups of like cost, each for every quantity that it can tell of.
import { chinchilla, predict } from "isoflop";
import { inside, outside, truth } from "./cells.js";

const ratio = ({ alpha, beta }) => beta / (alpha + beta);
const far = (p) => predict(chinchilla, p, outside);
export const quantities = {
  alpha: { of: "alpha", truth: truth.alpha },
  "exponent ratio": { of: ratio, truth: ratio(truth) },
  "loss at 10x": { of: far, truth: far(truth) },
};
const points = { "new run inside": inside, "new run outside": outside };

/** An interval that cannot be had holds nothing. */
function limitsOf(interval) {
  try {
    return interval();
  } catch {
    return [Number.NaN, Number.NaN];
  }
}

function delta(fitted) {
  return ["hessian", "HC1", "HC2", "HC3"].flatMap((kind) => {
    const own = (name, interval) => [`delta ${kind}`, name, ...limitsOf(interval)];
    const parameters = Object.entries(quantities).map(([name, { of }]) =>
      own(name, () =>
        name === "loss at 10x"
          ? fitted.predictionInterval(outside, { covariance: kind })
          : fitted.interval(of, { kind }),
      ),
    );
    const runs = Object.entries(points).map(([name, point]) =>
      own(name, () => fitted.predictionInterval(point, { kind: "new-run", covariance: kind })),
    );
    return [...parameters, ...runs];
  });
}

function profile(fitted) {
  return Object.entries(quantities).map(([name, { of }]) => [
    "profile",
    name,
    ...limitsOf(() => fitted.profile(of).interval),
  ]);
}

async function bootstrap(fitted, { n }, { resamples, seed }) {
  const found = [];
  for (const kind of ["pairs", "residual", "wild"]) {
    const replicates = await fitted.bootstrap({ kind, resamples, seed, threads: 1 }).catch(() => undefined);
    const methods = ["percentile", "basic"];
    if (kind === "pairs") methods.push("bca");
    // With more runs it agrees with the others, and costs more than all of them.
    if (kind === "residual" && n === 20) methods.push("studentized");
    for (const method of methods) {
      for (const [name, { of }] of Object.entries(quantities)) {
        const limits = limitsOf(() => replicates.interval(of, 0.95, { method }));
        found.push([`${kind} ${method}`, name, ...limits]);
      }
    }
    for (const [name, point] of Object.entries(points)) {
      const limits = limitsOf(() => replicates.predictionInterval(point, { kind: "new-run" }));
      found.push([`${kind} percentile`, name, ...limits]);
    }
  }
  return found;
}

/** Each gives its intervals as [method, quantity, low, high]. */
export const methods = { delta, profile, bootstrap };
