import type { ProfileContour } from "../fit/uncertainty/profile/profileContour.ts";
import { formatNumber } from "../format/formatNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import type { Figure } from "./Figure.ts";
import type { AxisOptions } from "./figureLayout.ts";
import { xyFigure } from "./xyFigure.ts";

/** How `profileContourFigure` names what it draws. */
export interface ProfileContourFigureOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** The finding in one sentence. */
  readonly caption: string;
}

/**
 * Joint regions of two quantities, one closed line a level, told apart by dash as well as colour, with the estimate; the
 * table beside gives how far each region reaches on either axis.
 *
 * @param contours of the same two quantities at one or more levels, from `profileContour`
 * @throws TypeError when there is no contour
 * @example
 * import { chinchilla, fit, profileContour, profileContourFigure } from "isoflop";
 * import { chinchillaFigure4 } from "isoflop-datasets";
 * const law = fit(chinchilla, chinchillaFigure4().filter((run) => !run.isOutlier));
 * const contours = [0.5, 0.95].map((level) => profileContour(law, "alpha", "beta", { level, points: 12 }));
 * const figure = profileContourFigure(contours, {
 *   x: { title: "alpha" },
 *   y: { title: "beta" },
 *   caption: "The runs tell the exponents together.",
 * });
 * figure.table.rows.length; // => 2
 */
export function profileContourFigure(
  contours: readonly ProfileContour[],
  options: ProfileContourFigureOptions,
): Figure {
  requireRows("profileContourFigure", contours);
  requireOptions("profileContourFigure", options, ["x", "y", "caption"]);
  if (contours.length === 0) throw new TypeError("profileContourFigure needs a contour, got none");
  const { x, y, caption } = options;
  const sorted = [...contours].sort((a, b) => a.level - b.level);
  const series = sorted.map(({ level, points, closes }) => {
    const ring = [...points, points[0]!];
    const name = `${formatNumber(100 * level)} %${closes ? "" : " (open)"}`;
    return { name, mode: "lines" as const, x: ring.map((at) => at.x), y: ring.map((at) => at.y) };
  });
  const [centreX, centreY] = sorted[0]!.estimate;
  const rows = sorted.map(({ level, points, closes }) => [
    `${formatNumber(100 * level)} %`,
    ...[points.map((at) => at.x), points.map((at) => at.y)].flatMap((all) => [
      Math.min(...all),
      Math.max(...all),
    ]),
    closes ? "yes" : "no",
  ]);
  return xyFigure({
    series: [...series, { name: "estimate", x: [centreX], y: [centreY] }],
    x,
    y,
    caption,
    table: {
      columns: ["level", `${x.title}, from`, "to", `${y.title}, from`, "to", "closed"],
      rows,
    },
  });
}
