import { type RooflinePoint, type RoofRates, requireRates } from "../cost/roofline/modelRoofline.ts";
import { requireAbove } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { requireRows } from "../numerics/arguments/requireRows.ts";
import type { Figure } from "./Figure.ts";
import { type Series, xyFigure } from "./xyFigure.ts";

/**
 * The parts of a model under the roof of an accelerator: FLOPs a byte against the FLOP/s that bandwidth and peak allow,
 * both on log axes, with the ridge at which the one gives way to the other. Parts differ by marker as well as colour; those
 * at one place share a marker.
 *
 * @param points as `modelRoofline` gives them
 * @throws TypeError when there is no caption
 * @throws RangeError when the accelerator has no peak at those bits
 * @example
 * import { accelerators, modelRoofline, modelShape, rooflineFigure } from "isoflop";
 * const accelerator = accelerators["h100-sxm-80gb"];
 * const points = modelRoofline(modelShape("Llama-3-8B"), accelerator, { newTokens: 1, cached: 4096 });
 * rooflineFigure(accelerator, points, { caption: "Decoding waits for memory." }).data.length; // => 3
 */
export function rooflineFigure(
  accelerator: RoofRates,
  points: readonly RooflinePoint[],
  options: {
    /** The finding in one sentence. */
    readonly caption: string;
    /** Bits of the peak that is drawn. Default 16. */
    readonly bits?: 16 | 8 | 4;
  },
): Figure {
  requireRows("rooflineFigure", points);
  requireOptions("rooflineFigure", options, ["caption", "bits"]);
  requireRates(accelerator);
  const { caption, bits = 16 } = options;
  const peak = accelerator.peakFlopsPerS[bits] ?? Number.NaN;
  requireAbove(`peak of ${accelerator.name} at ${bits} bits`, peak, 0, "take bits: 16");
  const bandwidth = accelerator.memoryBytesPerS;
  const ridge = peak / bandwidth;
  const intensities = points.map(({ intensity }) => intensity);
  const from = Math.min(ridge / 30, ...intensities) / 2;
  const to = Math.max(ridge * 10, ...intensities) * 2;
  const roof: Series = {
    name: `${accelerator.name}, ${bits} bits`,
    x: [from, ridge, to],
    y: [from * bandwidth, peak, peak],
    mode: "lines",
    style: 6,
  };
  const parts = markers(points).map(
    (together, i): Series => ({
      name: together.map(({ part }) => part).join(", "),
      x: together.map(({ intensity }) => intensity),
      y: together.map(({ flopsPerS }) => flopsPerS),
      style: i,
    }),
  );
  return xyFigure({
    series: [roof, ...parts],
    x: { title: "intensity (FLOPs/byte)", log: true },
    y: { title: "attainable rate (FLOP/s)", log: true, format: "power" },
    caption,
    table: {
      columns: ["part", "FLOPs", "bytes", "FLOPs/byte", "FLOP/s", "bound by", "seconds"],
      rows: points.map((one) => [
        one.part,
        one.flops,
        one.bytes,
        one.intensity,
        one.flopsPerS,
        one.bound,
        one.seconds,
      ]),
    },
  });
}

/** Parts whose markers would lie on one another, within a tenth, share one, so that none is hidden. */
function markers(points: readonly RooflinePoint[]): RooflinePoint[][] {
  const found: RooflinePoint[][] = [];
  for (const point of points) {
    const near = found.find(([first]) => Math.abs(Math.log(point.intensity / first!.intensity)) < 0.1);
    if (near) near.push(point);
    else found.push([point]);
  }
  return found;
}
