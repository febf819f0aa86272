import type { Model } from "../../../models/Model.ts";
import { requireRoom } from "../arguments/requireRoom.ts";
import type { ServingInstances } from "../ServingScenario.ts";
import type { ServingDegrees } from "./servingDegrees.ts";

/** What decides where a row leaves degrees open. */
export interface LayoutOf {
  readonly model: Model;
  /** Devices of all instances, where they are stated. */
  readonly devices: number | undefined;
  /** Devices that the weights need, with room for the cache. */
  readonly needed: number;
  /** Instances, where they are stated. */
  readonly instances: number | undefined;
  /** Whether many requests at a time are what counts. */
  readonly forThroughput: boolean;
  /** Devices that share fast links. */
  readonly node: number;
}

/** Devices of an instance of a mixture with latent attention, where throughput counts: as DeepSeek-R1 in MLPerf v5.1. */
const latentInstance = 8;

/**
 * Instances and layout by degrees; what they leave open is chosen, and said in `assumptions`.
 *
 * @throws RangeError on degrees that cannot be: experts dealt out over a number that does not divide the devices
 */
export function servingLayout(
  given: ServingDegrees,
  { model, devices, needed, instances, forThroughput, node }: LayoutOf,
  assumptions: string[],
): ServingInstances {
  const hasExperts = nExperts(model) > 0;
  const open = forThroughput && Object.keys(given).length === 0 && isLatentMixture(model);
  const degrees = open
    ? byData(devices, assumptions)
    : hasExperts
      ? counted(given, devices, assumptions)
      : given;
  let pp = degrees.pp ?? 1;
  const { tp, dp } = hasExperts
    ? attentionDegrees(degrees, { devices, needed, pp }, assumptions)
    : denseDegrees();
  const world = tp * (hasExperts ? dp : 1);
  requireRoom(model, tp, pp);
  const replicas = hasExperts ? 1 : dp;
  const known = instances ?? (devices === undefined ? undefined : devices / (world * pp * replicas));
  if (known !== undefined && (known < 1 || !Number.isInteger(known))) {
    throw new RangeError(
      `${devices} devices are not a multiple of the ${world * pp * replicas} of an instance`,
    );
  }
  const layout = { tensorParallel: tp, pipelineParallel: pp, attentionDataParallel: hasExperts ? dp : 1 };
  return {
    instances: (known ?? 1) * replicas,
    layout: { ...layout, ...(hasExperts ? expertDegrees(degrees, world, assumptions) : dense(world)) },
  };

  function denseDegrees() {
    const stated = degrees.tp;
    let chosen = stated ?? chosenTensorParallel(devices, needed, pp);
    // Beyond a node the layers are dealt out, not split.
    if (stated === undefined && degrees.pp === undefined && chosen > node && chosen % node === 0) {
      pp = chosen / node;
      chosen = node;
    }
    if (stated === undefined) {
      assumptions.push(`layout TP${chosen}${pp > 1 ? ` PP${pp}` : ""}, the least that holds the weights`);
    }
    return { tp: chosen, dp: degrees.dp ?? 1 };
  }
}

function isLatentMixture(model: Model): boolean {
  const latent = model.layers.some(({ blocks }) => blocks.some(({ kind }) => kind === "latent-attention"));
  return latent && nExperts(model) > 0;
}

/** A cache that every device of a split attention would hold is held once where each attends for its own requests. */
function byData(devices: number | undefined, assumptions: string[]): ServingDegrees {
  const dp = devices !== undefined && devices % latentInstance !== 0 ? devices : latentInstance;
  assumptions.push(`layout DEP${dp}: attention by data, experts dealt out`);
  return { tp: 1, dp, ep: dp };
}

const dense = (world: number) => ({ expertParallel: 1, expertTensorParallel: world });

/** Experts of a layer; 0 of a dense model. */
export function nExperts({ layers }: Model): number {
  return Math.max(
    0,
    ...layers.flatMap(({ blocks }) => blocks.map((block) => (block.kind === "experts" ? block.nExperts : 0))),
  );
}

/**
 * Degrees with what was counted twice counted once. aiconfigurator's published sample multiplies tensor and expert degree of
 * its source: the same measurement stands there as TP8 with experts dealt out over 8 and as TP64 with 8 · 8 (see the
 * datasheet of serving_figures).
 */
function counted(given: ServingDegrees, devices: number | undefined, assumptions: string[]): ServingDegrees {
  const { tp = 1, dp = 1, ep = 1, etp } = given;
  const n = Math.round(Math.sqrt(tp * dp));
  if (n === 1 || n * n !== tp * dp || devices === n * n || given.ep === undefined) return given;
  // TP64 with experts of 8 · 8, DP64 with 8 · 8, TP4 · DP4 with experts dealt out over 16.
  const isSquare =
    (ep === n && etp === n && (tp === 1 || dp === 1)) || (tp === n && dp === n && ep === n * n);
  if (!isSquare) return given;
  const { pp } = given;
  const once = tp === 1 ? { tp: 1, dp: n } : { tp: n, dp: 1 };
  assumptions.push(`${n} devices, not ${n * n}: their source lists TP${once.tp} DP${once.dp} EP${n}`);
  return { ...once, ep: n, etp: 1, ...(pp !== undefined && { pp }) };
}

interface Room {
  readonly devices: number | undefined;
  readonly needed: number;
  readonly pp: number;
}

/** Tensor and data parallelism of the attention of a mixture. */
function attentionDegrees(
  { tp, dp, ep, etp }: ServingDegrees,
  { devices, needed, pp }: Room,
  assumptions: string[],
): { readonly tp: number; readonly dp: number } {
  if (tp !== undefined && dp !== undefined) return { tp, dp };
  const world = ep === undefined ? undefined : ep * (etp ?? 1);
  if (tp !== undefined) {
    // Experts dealt out over more devices than one attention has: it is repeated.
    const groups = world !== undefined && world > tp && world % tp === 0 ? world / tp : 1;
    if (groups > 1) assumptions.push(`attention data parallelism ${groups}`);
    return { tp, dp: groups };
  }
  if (dp !== undefined) {
    const within = world !== undefined && world > dp && world % dp === 0 ? world / dp : 1;
    return { tp: within, dp };
  }
  const chosen = world ?? chosenTensorParallel(devices, needed, pp);
  assumptions.push(`layout TP${chosen}${world === undefined ? ", the least that holds the weights" : ""}`);
  return { tp: chosen, dp: 1 };
}

function expertDegrees({ ep, etp }: ServingDegrees, world: number, assumptions: string[]) {
  const isDealt = ep !== undefined && ep > 1;
  const expertParallel = isDealt ? ep : etp !== undefined && world % etp === 0 && etp > 1 ? world / etp : 1;
  if (world % expertParallel !== 0) {
    throw new RangeError(
      `experts dealt out over ${expertParallel} devices do not fit the ${world} of tensor and data parallelism`,
    );
  }
  const expertTensorParallel = world / expertParallel;
  if (etp !== undefined && etp !== expertTensorParallel) {
    assumptions.push(
      `experts split over ${expertTensorParallel} devices and dealt out over ${expertParallel}`,
    );
  }
  return { expertParallel, expertTensorParallel };
}

/** The least power of two that holds the weights, and divides the devices that are stated. */
function chosenTensorParallel(devices: number | undefined, needed: number, pp: number): number {
  const per = devices === undefined ? undefined : devices / pp;
  for (let tp = 1; ; tp *= 2) {
    if (per !== undefined && (tp > per || per % tp !== 0)) return per % 1 === 0 ? per : Math.max(1, tp / 2);
    if (tp * pp >= needed) return tp;
  }
}
