import { formatFlops } from "../format/formatFlops.ts";
import type { IsoflopParabola } from "../isoflop/isoflopParabolas.ts";
import { logSpace } from "../numerics/logSpace.ts";
import type { Figure } from "./Figure.ts";
import { type Series, xyFigure } from "./xyFigure.ts";

/**
 * Loss against model size, one curve a compute budget, with each budget's parabola and its vertex; the form
 * of Hoffmann et al. 2022, Figure 3 left.
 *
 * @param parabolas as `isoflopParabolas` gives them
 * @param caption the finding in one sentence
 * @throws TypeError when there is no caption
 * @example
 * import { isoflopFigure, isoflopParabolas } from "isoflop";
 * const runs = [1e8, 2e8, 4e8].map((nParams) => {
 *   const u = Math.log(nParams / 2e8);
 *   return { nParams, nTokens: 1e19 / (6 * nParams), flops: 1e19, loss: 2.8 + 0.05 * u * u };
 * });
 * const figure = isoflopFigure(isoflopParabolas(runs), "At 1e19 FLOPs 200M parameters are best.");
 * figure.data.length; // => 3
 */
export function isoflopFigure(parabolas: readonly IsoflopParabola[], caption: string): Figure {
  const points = parabolas.map(
    (one, i): Series => ({
      name: `${formatFlops(one.flops)} FLOPs`,
      x: one.runs.map((run) => run.nParams),
      y: one.runs.map((run) => run.loss),
      style: i,
    }),
  );
  const curves = parabolas.flatMap((one, i): Series[] => {
    if (!one.coefficients) return [];
    const sizes = one.runs.map((run) => run.nParams);
    const ends = [...sizes, one.nParams ?? sizes[0]!];
    const x = logSpace(Math.min(...ends), Math.max(...ends), 41);
    return [
      {
        name: `parabola ${formatFlops(one.flops)}`,
        x,
        y: x.map(one.lossAt),
        mode: "lines",
        style: i,
        inLegend: false,
      },
    ];
  });
  const optima = parabolas.filter((one) => one.nParams !== null && one.loss !== null);
  const vertices: Series = {
    name: "minimum of the parabola",
    x: optima.map((one) => one.nParams!),
    y: optima.map((one) => one.loss!),
    style: 20,
  };
  return xyFigure({
    series: [...points, ...curves, vertices],
    x: { title: "parameters", log: true, format: "count" },
    y: { title: "final loss (nats/token)" },
    caption,
    table: {
      columns: [
        "budget (FLOPs)",
        "runs",
        "optimal parameters",
        "optimal tokens",
        "loss (nats/token)",
        "warnings",
      ],
      rows: parabolas.map((one) => [
        one.flops,
        one.runs.length,
        one.nParams ?? "none",
        one.nTokens ?? "none",
        one.loss ?? "none",
        one.warnings.join("; "),
      ]),
    },
  });
}
