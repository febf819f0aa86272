import { adaptiveHuber, huber, type Loss, l1, logCosh, squared } from "isoflop";

/**
 * A loss function by what `isoflop fit --loss` calls it: squared, l1, huber:DELTA, logcosh:SCALE, or huber
 * alone, whose delta follows the noise.
 *
 * @throws RangeError when it is none of them
 */
export function parseLoss(text: string): Loss {
  const [name, scale] = text.toLowerCase().split(":") as [string, string | undefined];
  const size = scale === undefined ? 1e-3 : Number(scale);
  const isSized = text.split(":").length <= 2 && size > 0 && size < Infinity;
  if (name === "squared" && scale === undefined) return squared();
  if (name === "l1" && scale === undefined) return l1();
  if (name === "huber" && isSized) return scale === undefined ? adaptiveHuber() : huber(size);
  if (name === "logcosh" && isSized) return logCosh(size);
  throw new RangeError(`--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got ${text}`);
}
