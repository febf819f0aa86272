import { formatCount } from "../format/formatCount.ts";
import { formatFlops } from "../format/formatFlops.ts";
import type { IsoflopRun } from "../isoflop/IsoflopRun.ts";
import { type LossOf, minimiseOverSize } from "../isoflop/minimiseOverSize.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { logSpace } from "../numerics/logSpace.ts";
import { Figure } from "./Figure.ts";
import { type AxisOptions, figureLayout } from "./figureLayout.ts";

/** How contours of the loss over size and tokens are drawn. */
export interface LossContourOptions {
  /** The finding in one sentence. */
  readonly caption: string;
  /** Grid points a side (default 60). */
  readonly resolution?: number;
  /** Budgets at which the table gives the optimum (default: one a decade of the plot). */
  readonly budgets?: readonly number[];
}

/**
 * The loss a fitted law predicts over compute and model size, with the runs and the efficient frontier: the
 * size that is best at each budget under C = 6 N D. The form of Hoffmann et al. 2022, Figure 4 left.
 *
 * @param fit anything with `predict({ nParams, nTokens })` → nats per token
 * @param runs the runs the law was fitted to
 * @throws RangeError when there are no runs
 * @throws TypeError when there is no caption
 * @example
 * import { besiroglu2024, lossContourFigure } from "isoflop";
 * const runs = [{ nParams: 70e9, nTokens: 1.4e12, flops: 5.88e23, loss: 1.94 }, { nParams: 1e9, nTokens: 2e10, flops: 1.2e20, loss: 2.6 }];
 * lossContourFigure(besiroglu2024, runs, { caption: "Loss falls along the frontier." }).data.length; // => 3
 */
export function lossContourFigure(
  fit: { predict: LossOf },
  runs: readonly IsoflopRun[],
  options: LossContourOptions,
): Figure {
  requireOptions("lossContourFigure", options, ["caption", "resolution", "budgets"]);
  if (runs.length === 0) throw new RangeError("lossContourFigure needs runs to choose its axes, got none");
  const lossOf: LossOf = (run) => fit.predict(run);
  const [minFlops, maxFlops] = extent(runs.map((run) => run.flops));
  const [minParams, maxParams] = extent(runs.map((run) => run.nParams));
  const resolution = options.resolution ?? 60;
  const flops = logSpace(minFlops / 1.5, maxFlops * 1.5, resolution);
  const sizes = logSpace(minParams / 1.5, maxParams * 1.5, resolution);
  const z = sizes.map((nParams) => flops.map((c) => lossOf({ nParams, nTokens: c / (6 * nParams) })));
  const best = flops.map((c) => minimiseOverSize(lossOf, c));

  const budgets = options.budgets ?? decades(flops[0]!, flops.at(-1)!);
  const rows = budgets.map((c) => {
    const nParams = minimiseOverSize(lossOf, c);
    const nTokens = c / (6 * nParams);
    const loss = lossOf({ nParams, nTokens });
    return [formatFlops(c), formatCount(nParams), formatCount(nTokens), nTokens / nParams, loss];
  });
  const x: AxisOptions = {
    title: "training compute (FLOPs)",
    log: true,
    format: "power",
    range: [flops[0]!, flops.at(-1)!],
  };
  const y: AxisOptions = {
    title: "parameters",
    log: true,
    format: "count",
    range: [sizes[0]!, sizes.at(-1)!],
  };
  // Levels follow the bulk of the runs: a few that diverged would leave one line for all the others.
  const losses = Float64Array.from(runs, (run) => run.loss).sort();
  const minLoss = losses[0]!;
  const maxLoss = losses[Math.floor(0.95 * (losses.length - 1))]!;
  const step = niceStep((maxLoss - minLoss) / 12);
  return new Figure({
    data: [
      {
        type: "contour",
        name: "predicted loss",
        x: flops,
        y: sizes,
        z,
        colorscale: "Viridis",
        contours: {
          coloring: "lines",
          showlabels: true,
          start: Math.floor(minLoss / step) * step,
          end: Math.ceil(maxLoss / step) * step,
          size: step,
        },
        line: { width: 1.5 },
        showscale: false,
      },
      {
        type: "scatter",
        mode: "markers",
        name: "runs",
        x: runs.map((run) => run.flops),
        y: runs.map((run) => run.nParams),
        marker: { color: "#000000", symbol: "circle", size: 4 },
        text: runs.map((run) => `loss ${run.loss}`),
      },
      {
        type: "scatter",
        mode: "lines",
        name: "efficient frontier",
        x: flops,
        y: best,
        line: { color: "#D55E00", dash: "dash", width: 3 },
      },
    ],
    layout: figureLayout(x, y),
    caption: options.caption,
    table: {
      columns: [
        "compute (FLOPs)",
        "optimal parameters",
        "optimal tokens",
        "tokens per parameter",
        "loss (nats/token)",
      ],
      rows,
    },
  });
}

function extent(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function decades(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => Number(`1e${first + i}`));
}

function niceStep(raw: number): number {
  if (!(raw > 0)) return 0.1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
}
