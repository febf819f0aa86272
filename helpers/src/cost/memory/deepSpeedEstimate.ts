import { requirePositive, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** What DeepSpeed's estimators return, in bytes. */
export interface DeepSpeedEstimate {
  /** Memory of each host. */
  readonly cpuBytes: number;
  /** Memory of each GPU. */
  readonly gpuBytes: number;
}

/** What both estimators take. */
interface Cluster {
  readonly params: number;
  /** Default 1. */
  readonly gpusPerNode?: number;
  /** Default 1. */
  readonly nodes?: number;
  /** Whether the optimiser runs on the host. Default true, as DeepSpeed's. */
  readonly offloadOptimizer?: boolean;
  /** Reserve of the hosts. Default 1.5. */
  readonly bufferFactor?: number;
}

/**
 * DeepSpeed's estimate of memory for ZeRO-2, with its own rounding: on each of n GPUs 2 P with the optimiser on the
 * host, else 2 P + 18 P/n; on each host P·max(4 n, 16), or 4 P a GPU of the node while the model is made, times 1.5.
 *
 * The examples in DeepSpeed's documentation were printed by an earlier rule, 4 P + 16 P/n: `rule: "documented"`.
 *
 * Source: deepspeedai/DeepSpeed, `deepspeed/runtime/zero/stage_1_and_2.py` at commit edaa722, and
 * `docs/code-docs/source/memory.rst`.
 *
 * @throws RangeError on parameters that are not > 0 or counts that are not whole
 * @example
 * import { deepSpeedZero2Estimate } from "isoflop";
 * const { gpuBytes } = deepSpeedZero2Estimate({ params: 2851e6, gpusPerNode: 8, offloadOptimizer: false });
 * (gpuBytes / 2 ** 30).toFixed(2); // => "11.28"
 */
export function deepSpeedZero2Estimate(
  setting: Cluster & {
    /** "current" code or the "documented" examples. Default "current". */
    readonly rule?: "current" | "documented";
  },
): DeepSpeedEstimate {
  requireOptions("deepSpeedZero2Estimate", setting, [
    "params",
    "gpusPerNode",
    "nodes",
    "offloadOptimizer",
    "bufferFactor",
    "rule",
  ]);
  const { params, gpusPerNode, gpus, offloadOptimizer, bufferFactor } = checkCluster(setting);
  const { rule = "current" } = setting;
  requireOneOf("rule", rule, ["current", "documented"]);
  if (offloadOptimizer) {
    return { gpuBytes: 2 * params, cpuBytes: Math.trunc(params * Math.max(4 * gpus, 16) * bufferFactor) };
  }
  const [whole, shared] = rule === "current" ? [2, 18] : [4, 16];
  return {
    gpuBytes: whole * params + Math.trunc((shared * params) / gpus),
    cpuBytes: Math.trunc(params * 4 * gpusPerNode * bufferFactor),
  };
}

/**
 * DeepSpeed's estimate of memory for ZeRO-3, with its own rounding: on each of n GPUs 4 bytes for each parameter of the
 * largest layer, 2 P/n more where the weights stay there, 18 P/n where the optimiser does; on each of k hosts 18 P/k,
 * 16 P/k or what making the model takes, times 1.5.
 *
 * Source: deepspeedai/DeepSpeed, `deepspeed/runtime/zero/stage3.py` at commit edaa722.
 *
 * @throws RangeError on parameters that are not > 0, counts that are not whole, or weights offloaded without the optimiser
 * @example
 * import { deepSpeedZero3Estimate } from "isoflop";
 * const t0 = { params: 2783959040, largestLayerParams: 65798144, offloadOptimizer: false, offloadParams: false };
 * (deepSpeedZero3Estimate(t0).gpuBytes / 2 ** 30).toFixed(2); // => "46.91"
 */
export function deepSpeedZero3Estimate(
  setting: Cluster & {
    readonly largestLayerParams: number;
    /** Whether the weights stay on the host between uses. Default true, as DeepSpeed's. */
    readonly offloadParams?: boolean;
    /** Whether the model is sharded while it is made. Default true. */
    readonly zeroInit?: boolean;
  },
): DeepSpeedEstimate {
  requireOptions("deepSpeedZero3Estimate", setting, [
    "params",
    "largestLayerParams",
    "gpusPerNode",
    "nodes",
    "offloadOptimizer",
    "offloadParams",
    "zeroInit",
    "bufferFactor",
  ]);
  const { params, gpusPerNode, nodes, gpus, offloadOptimizer, bufferFactor } = checkCluster(setting);
  const { largestLayerParams, offloadParams = offloadOptimizer, zeroInit = true } = setting;
  requirePositive("largestLayerParams", largestLayerParams, "give the parameters of the largest layer");
  if (offloadParams && !offloadOptimizer) {
    throw new RangeError(
      "offloadParams must be false where offloadOptimizer is, got true; DeepSpeed offloads weights with the optimiser only",
    );
  }
  const layer = 4 * largestLayerParams;
  const building = 4 * gpusPerNode;
  if (!offloadOptimizer) {
    const made = zeroInit ? largestLayerParams : params;
    return {
      gpuBytes: layer + Math.trunc((18 * params) / gpus),
      cpuBytes: Math.trunc(made * building * bufferFactor),
    };
  }
  const kept = (offloadParams ? 18 : 16) / nodes;
  return {
    gpuBytes: layer + (offloadParams ? 0 : Math.trunc((2 * params) / gpus)),
    cpuBytes: Math.trunc(params * (zeroInit ? kept : Math.max(building, kept)) * bufferFactor),
  };
}

function checkCluster(setting: Cluster) {
  const { params, gpusPerNode = 1, nodes = 1, offloadOptimizer = true, bufferFactor = 1.5 } = setting;
  requirePositive("params", params, "give the parameters, such as 3e9");
  requireWhole("gpusPerNode", gpusPerNode, 1, "give the GPUs of a node");
  requireWhole("nodes", nodes, 1, "give the nodes");
  requirePositive("bufferFactor", bufferFactor, "1.5 is DeepSpeed's");
  return { params, gpusPerNode, nodes, gpus: gpusPerNode * nodes, offloadOptimizer, bufferFactor };
}
