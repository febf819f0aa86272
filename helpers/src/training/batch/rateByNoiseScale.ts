import { requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/**
 * The best learning rate of plain SGD at a batch size: `rateMax / (1 + noiseScale / batch)`, in proportion to small
 * batches and level beyond the noise scale. Adam's best rate follows the batch less, see `coupling` of `rateBatchValley`.
 *
 * Source: McCandlish et al. 2018 (arXiv:1812.06162), equation 2.6.
 *
 * @param question batch and noiseScale in one unit; rateMax the best rate without noise
 * @throws RangeError when a number is not > 0
 *
 * @example
 * import { rateByNoiseScale } from "isoflop";
 * rateByNoiseScale({ rateMax: 0.27, noiseScale: 96, batch: 32 }); // => 0.0675
 */
export function rateByNoiseScale(question: {
  readonly rateMax: number;
  readonly noiseScale: number;
  readonly batch: number;
}): number {
  requireOptions("rateByNoiseScale", question, ["rateMax", "noiseScale", "batch"]);
  const { rateMax, noiseScale, batch } = question;
  requirePositive("rateMax", rateMax, "give the best rate of a very large batch");
  requirePositive("noiseScale", noiseScale, "give it in the unit of the batch, see gradientNoiseScale");
  requirePositive("batch", batch, "give examples or tokens");
  return rateMax / (1 + noiseScale / batch);
}
