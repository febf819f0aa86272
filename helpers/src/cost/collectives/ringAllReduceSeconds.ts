/**
 * Seconds of an all-reduce around a ring, `2 (n - 1) (a + b / (n r))`: each of 2 (n - 1) steps passes a part of the tensor to
 * the next device. It needs no more links than a ring has, and pays the latency most often. Plain numbers without checks.
 *
 * Source: Patarasuk and Yuan 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations".
 *
 * @param bytes bytes of the tensor on each device
 * @param devices devices, 1 or more
 * @param bytesPerSEachWay bytes per second that one device sends; it receives as many at the same time
 * @param latencyS seconds until the first byte has arrived
 * @example
 * import { ringAllReduceSeconds } from "isoflop";
 * ringAllReduceSeconds(8e6, 8, 400e9, 2e-6); // => 6.3e-5
 */
export function ringAllReduceSeconds(
  bytes: number,
  devices: number,
  bytesPerSEachWay: number,
  latencyS: number,
): number {
  if (devices <= 1) return 0;
  return 2 * (devices - 1) * (latencyS + bytes / (devices * bytesPerSEachWay));
}
