import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import { refusal, requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { type CollectiveKind, collectiveKinds } from "./CollectiveProfile.ts";
import type { CollectiveConstants } from "./calibrateCollectives.ts";
import { type CollectiveClock, collectiveClock } from "./collectiveClock.ts";
import { domainsOf } from "./domainsOf.ts";
import type { LinkedAccelerator } from "./LinkedAccelerator.ts";
import { ringAllReduceSeconds } from "./ringAllReduceSeconds.ts";

/** What devices do together, or "send" to one other. */
export type MachineCollectiveKind = CollectiveKind | "send";

/** A machine, and what its devices do together. */
export interface MachineCollectiveOptions {
  readonly kind: MachineCollectiveKind;
  /** Devices that take part; 2 of "send". */
  readonly devices: number;
  readonly accelerator: LinkedAccelerator;
  /** "trtllm", "vllm", "sglang" or "nccl"; see `collectiveClock`. */
  readonly software?: string;
  /** Whether a "send" goes to another node; default false. */
  readonly acrossNodes?: boolean;
  readonly constants?: CollectiveConstants;
}

/**
 * Seconds until the first byte has arrived over the network between nodes. aiconfigurator assumes as much
 * (`p2p_latency` of its systems, "nonofficial correction"); no profile over a network stood open to be fitted.
 */
export const networkLatencyS = 10e-6;
/** Bandwidth per device where a data sheet names no network: 200 Gb/s, the least of those in the catalogue's nodes. */
const networkBytesPerS = 25e9;

/**
 * Seconds of a collective by its bytes on a machine of the catalogue, across nodes where it has to be.
 *
 * Within a node (or a rack that its link joins) it is `collectiveClock`. Across `m` of them, an all-reduce scatters and gathers
 * within the nodes and adds up `1 / perNode` of the bytes around a ring over the network; an all-gather and a reduce-scatter pass
 * `(m - 1) / m` of the bytes of a node's share of each device over the network; an all-to-all deals out `(m - 1) / m` of its bytes over the network and
 * the rest within. A "send" is an all-gather of two devices that hold as many bytes each.
 *
 * @throws RangeError on values outside their domain
 * @throws RangeError on an option that it does not know
 * @example
 * import { accelerators, machineCollectiveClock } from "isoflop";
 * const clock = machineCollectiveClock({ kind: "all-reduce", devices: 16, accelerator: accelerators["h100-sxm-80gb"] });
 * clock(1e6) > 1e-5; // => true
 */
export function machineCollectiveClock(options: MachineCollectiveOptions): CollectiveClock {
  requireOptions("machineCollectiveClock", options, [
    ...(["kind", "devices", "accelerator", "software", "acrossNodes", "constants"] as const),
  ]);
  const { kind, devices, accelerator, software, acrossNodes = false, constants } = options;
  requireOneOf("kind", kind, [...collectiveKinds, "send"]);
  requireWhole("devices", devices, 1, "give how many devices take part");
  requireLinks(accelerator);
  const { nodeLink, network } = accelerator;
  const networkRate = network?.bytesPerSEachWay ?? networkBytesPerS;
  const inNode = (collective: CollectiveKind, count: number): CollectiveClock =>
    nodeLink
      ? collectiveClock({
          ...{ kind: collective, devices: count, link: nodeLink.name },
          bytesPerSEachWay: nodeLink.bytesPerSEachWay,
          ...(software === undefined ? {} : { software }),
          ...(constants === undefined ? {} : { constants }),
        })
      : () => 0;
  if (kind === "send") {
    if (devices !== 2) {
      throw refusal("devices", 'must be 2 for kind "send"', devices, "one device sends, another receives");
    }
    if (acrossNodes || !nodeLink) return (bytes) => networkLatencyS + bytes / networkRate;
    const gather = inNode("all-gather", 2);
    return (bytes) => gather(2 * bytes);
  }
  if (acrossNodes)
    throw refusal("acrossNodes", 'is an option of kind "send"', `kind ${kind}`, "leave it out");
  const { within, domains } = domainsOf(accelerator, devices);
  if (domains === 1) return inNode(kind, devices);
  const steps = (domains - 1) * networkLatencyS;
  const outside = (domains - 1) / (domains * networkRate);
  if (kind === "all-reduce") {
    const scatter = inNode("reduce-scatter", within);
    const gather = inNode("all-gather", within);
    return (bytes) =>
      scatter(bytes) +
      ringAllReduceSeconds(bytes / within, domains, networkRate, networkLatencyS) +
      gather(bytes);
  }
  const inner = inNode(kind, within);
  if (kind === "all-to-all") {
    // Every peer gets a message of its own over the network; those within the node are dealt out at the same time.
    return (bytes) => Math.max(networkLatencyS + bytes * outside, inner(bytes / domains));
  }
  return (bytes) => steps + (bytes / within) * outside + inner(bytes);
}

/** Refuses an accelerator without a name, or whose links and counts are not > 0. */
function requireLinks(accelerator: LinkedAccelerator): void {
  const { name, nodeLink, network, perNode, perDomain } = accelerator ?? {};
  const sheet = "give a data sheet, such as one of accelerators";
  if (typeof name !== "string") {
    throw refusal("accelerator", "must be a data sheet", describeGiven(accelerator), sheet);
  }
  for (const [what, link] of Object.entries({ nodeLink, network })) {
    if (link === undefined) continue;
    requirePositive(`${what}.bytesPerSEachWay of ${name}`, link?.bytesPerSEachWay, "or leave the link out");
  }
  for (const [what, count] of Object.entries({ perNode, perDomain })) {
    if (count !== undefined) requireWhole(`${what} of ${name}`, count, 1, "give a count of accelerators");
  }
}
