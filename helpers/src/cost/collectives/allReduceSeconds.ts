/**
 * Seconds in which devices that all reach each other add up a tensor that each of them holds, as fast as a direct algorithm
 * can: `min(a + (n - 1) b / r, 2 a + 2 (n - 1) / n b / r)` for `b` bytes on `n` devices with links of `r` bytes/s each way
 * and latency `a`. The first sends the whole tensor to every other device (one shot); the second lets each device add up one
 * part and send it back (two shots), which moves the least bytes that are possible without adding up in the switch.
 *
 * Plain numbers without checks, for inner loops; `collectiveClock` is what measurements were fitted with.
 *
 * Source: Thakur, Rabenseifner and Gropp 2005, "Optimization of collective communication operations in MPICH".
 *
 * @param bytes bytes of the tensor on each device
 * @param devices devices, 1 or more
 * @param bytesPerSEachWay bytes per second that one device sends; it receives as many at the same time
 * @param latencyS seconds until the first byte has arrived
 * @example
 * import { allReduceSeconds } from "isoflop";
 * allReduceSeconds(8e6, 8, 400e9, 2e-6); // => 3.9e-5
 */
export function allReduceSeconds(
  bytes: number,
  devices: number,
  bytesPerSEachWay: number,
  latencyS: number,
): number {
  if (devices <= 1) return 0;
  const one = latencyS + ((devices - 1) * bytes) / bytesPerSEachWay;
  const two = 2 * latencyS + (2 * (devices - 1) * bytes) / (devices * bytesPerSEachWay);
  return Math.min(one, two);
}
