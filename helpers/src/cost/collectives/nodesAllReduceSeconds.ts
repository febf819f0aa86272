import { gatherSeconds } from "./gatherSeconds.ts";
import { ringAllReduceSeconds } from "./ringAllReduceSeconds.ts";

/** A link: bytes per second that one device sends, and seconds until the first byte has arrived. */
export interface CollectiveLink {
  readonly bytesPerSEachWay: number;
  readonly latencyS: number;
}

/**
 * Seconds of an all-reduce over several nodes: parts are added up within each node, each device adds up its part with its
 * peers in the other nodes, around a ring over the network, and the sums are gathered within the nodes. So only `1 / perNode` of the
 * tensor passes through the share of the network that each device has. Plain numbers without checks.
 *
 * @param bytes bytes of the tensor on each device
 * @param perNode devices of a node
 * @param nodes nodes
 * @param within link within a node
 * @param between share of one device in the network between nodes
 * @example
 * import { nodesAllReduceSeconds } from "isoflop";
 * const within = { bytesPerSEachWay: 400e9, latencyS: 2e-6 };
 * nodesAllReduceSeconds(8e6, 8, 2, within, { bytesPerSEachWay: 50e9, latencyS: 1e-5 }); // => 7.9e-5
 */
export function nodesAllReduceSeconds(
  bytes: number,
  perNode: number,
  nodes: number,
  within: CollectiveLink,
  between: CollectiveLink,
): number {
  const inside = gatherSeconds(bytes, perNode, within.bytesPerSEachWay, within.latencyS);
  const part = bytes / Math.max(1, perNode);
  return 2 * inside + ringAllReduceSeconds(part, nodes, between.bytesPerSEachWay, between.latencyS);
}
