import { levelCovariance } from "../calibration/compareParts.ts";
import { predictedRow, predictParts } from "../calibration/predictParts.ts";
import { servingParts } from "../engine/parts/servingParts.ts";
import { publishedServing } from "../engine/publishedServing.ts";
import type { ServingCalibration } from "../engine/ServingCalibration.ts";
import { servingLabels } from "../engine/servingLabels.ts";
import {
  type DifferenceInterval,
  type EstimatedScenario,
  independentDifference,
} from "./differenceInterval.ts";

/**
 * The joint interval of a difference by the covariance of the constants that were calibrated: what two scenarios share, such
 * as the machine, the engine and the model, cancels. What measurements scatter by does not: a calibration on runs of one
 * configuration each cannot tell the noise of a run from what is its configuration's own, so that both count.
 *
 * Tokens a second are made of both times; how well their ratio is known is taken as the mean of how well those of the times
 * are, by their parts of a request, as if both were wrong together. No interval is wider than that of independent errors.
 *
 * @param calibration default that of the published measurements, as `estimateEngine` has it
 * @example
 * import { calibratedDifference, modelNamed, searchServing } from "isoflop";
 * const found = searchServing(modelNamed("Llama-3.1-8B"), {
 *   offers: [{ accelerator: "h100-sxm", devices: 1 }], promptTokens: 512, outputTokens: 64,
 *   differenceInterval: calibratedDifference(),
 * });
 * found.best.notDistinguishable; // => true
 */
export function calibratedDifference(calibration?: ServingCalibration): DifferenceInterval {
  const known = new WeakMap<EstimatedScenario, Predictions>();
  const joint: DifferenceInterval = (a, b, quantity) => {
    const by = calibration ?? publishedServing();
    const predictions = (one: EstimatedScenario) => {
      let own = known.get(one);
      if (!own) {
        own = predictionsOf(by, one);
        known.set(one, own);
      }
      return own;
    };
    const [first, second] = [predictions(a), predictions(b)];
    // Half the width below and above: ends of either side, less what both have in common.
    const halves = (kind: "ttft" | "tpot") => {
      const [x, y] = [first[kind](), second[kind]()];
      const shared = levelCovariance(by, [x.query, x.row], [y.query, y.row]);
      const half = (up: number, down: number) => {
        const [one, other] = [up * x.prediction.deviation, down * y.prediction.deviation];
        return Math.sqrt(Math.max(0, one ** 2 + other ** 2 - 2 * up * down * shared));
      };
      const [ofX, ofY] = [x.prediction.ends, y.prediction.ends];
      return [half(ofX.lower80, ofY.upper80), half(ofX.upper80, ofY.lower80)] as const;
    };
    const middle = Math.log(a.estimate[quantity].value / b.estimate[quantity].value);
    if (quantity !== "tokensPerS") {
      const [below, above] = halves(quantity === "ttftS" ? "ttft" : "tpot");
      return [middle - below, middle + above];
    }
    // Of an open load that is kept up with all that arrives is served.
    if (a.scenario.load.kind === "open" && b.scenario.load.kind === "open") return [middle, middle];
    const share = (shareOfFirst(a) + shareOfFirst(b)) / 2;
    const next = halves("tpot");
    // A time of which a request hardly has any needs no look.
    const start = share > 0.01 ? halves("ttft") : next;
    const of = (side: 0 | 1) => share * start[side] + (1 - share) * next[side];
    // Tokens a second fall as times rise.
    return [middle - of(1), middle + of(0)];
  };
  return (a, b, quantity) => {
    const [low, high] = joint(a, b, quantity);
    // What two have in common only narrows; of tokens a second the shares of the two times are taken too roughly for that.
    const [least, most] = independentDifference(a, b, quantity);
    return [Math.max(low, least), Math.min(high, most)];
  };
}

type Predictions = ReturnType<typeof predictionsOf>;

/** What is predicted of the two times of a scenario, each when it is asked for. */
function predictionsOf(calibration: ServingCalibration, { scenario }: EstimatedScenario) {
  const labels = servingLabels(scenario);
  const parts = servingParts(scenario);
  const lazily = (kind: "ttft" | "tpot") => {
    const predict = () => {
      const query = { labels, kind, parts: parts[kind] };
      return { query, row: predictedRow(calibration, query), prediction: predictParts(calibration, query) };
    };
    let known: ReturnType<typeof predict> | undefined;
    return () => {
      known ??= predict();
      return known;
    };
  };
  return { ttft: lazily("ttft"), tpot: lazily("tpot") };
}

/** Part of a request's time that goes by before its first token. */
function shareOfFirst({ scenario, estimate }: EstimatedScenario): number {
  const first = estimate.ttftS.value;
  return first / (first + (scenario.outputTokens - 1) * estimate.tpotS.value);
}
