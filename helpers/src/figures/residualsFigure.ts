import type { IsoflopRun } from "../isoflop/IsoflopRun.ts";
import type { LossOf } from "../isoflop/minimiseOverSize.ts";
import { mean } from "../numerics/mean.ts";
import type { Figure } from "./Figure.ts";
import { type Series, xyFigure } from "./xyFigure.ts";

/** A fitted law under the name it has in the legend. */
export interface NamedFit {
  readonly name: string;
  predict: LossOf;
}

/**
 * Residuals ln(predicted loss) − ln(loss), the sign a `Fit` gives them, against compute, for one law or several side by side. A good law
 * leaves a band around zero without a trend; Besiroglu et al. 2024, Figure 2, is of this kind.
 *
 * @param fits laws with a name and `predict({ nParams, nTokens })` → nats per token
 * @param runs the runs, loss in nats per token
 * @throws TypeError when there is no caption
 * @example
 * import { besiroglu2024, residualsFigure } from "isoflop";
 * const fit = { name: "refit", predict: besiroglu2024.predict };
 * const runs = [{ nParams: 70e9, nTokens: 1.4e12, flops: 5.88e23, loss: 1.95 }];
 * residualsFigure([fit], runs, "The refit leaves no trend.").data.length; // => 2
 */
export function residualsFigure(
  fits: readonly NamedFit[],
  runs: readonly IsoflopRun[],
  caption: string,
): Figure {
  const x = runs.map((run) => run.flops);
  const points = fits.map(
    (fit, i): Series => ({
      name: fit.name,
      x,
      y: runs.map((run) => Math.log(fit.predict(run) / run.loss)),
      style: i,
    }),
  );
  const ends = [Math.min(...x), Math.max(...x)];
  const zero: Series = { name: "no residual", x: ends, y: [0, 0], mode: "lines", style: 6 };
  return xyFigure({
    series: [...points, zero],
    x: { title: "training compute (FLOPs)", log: true, format: "power" },
    y: { title: "ln(predicted) − ln(loss)" },
    caption,
    table: {
      columns: ["law", "runs", "mean residual", "root mean square", "largest |residual|"],
      rows: points.map(({ name, y }) => [
        name,
        y.length,
        mean(y),
        Math.sqrt(mean(y.map((r) => r * r))),
        y.reduce((most, r) => Math.max(most, Math.abs(r)), 0),
      ]),
    },
  });
}
