/**
 * Seconds of an all-gather, a reduce-scatter or an all-to-all among devices that all reach each other: `a + (n - 1) / n b / r`.
 * `bytes` are those of the gathered tensor, of the tensor before it is scattered, or of what one device deals out: in each case
 * a device keeps one n-th and sends (or gets) the rest. Plain numbers without checks.
 *
 * @param bytes bytes of the whole, on one device
 * @param devices devices, 1 or more
 * @param bytesPerSEachWay bytes per second that one device sends; it receives as many at the same time
 * @param latencyS seconds until the first byte has arrived
 * @example
 * import { gatherSeconds } from "isoflop";
 * gatherSeconds(8e6, 8, 400e9, 2e-6); // => 1.95e-5
 */
export function gatherSeconds(
  bytes: number,
  devices: number,
  bytesPerSEachWay: number,
  latencyS: number,
): number {
  if (devices <= 1) return 0;
  return latencyS + ((devices - 1) * bytes) / (devices * bytesPerSEachWay);
}
