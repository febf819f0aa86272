import { type Block, blockTensors } from "../../../models/blocks/Block.ts";
import { tensorSize } from "../../../models/blocks/Tensor.ts";

/** Degrees that divide the tensors of a block. */
export interface ShardDegrees {
  readonly tensorParallel: number;
  readonly expertParallel: number;
  readonly expertTensorParallel: number;
}

/** Parameters of blocks on one device, before replicas divide anything. */
export interface ShardedParams {
  /** Those that all data-parallel replicas hold. */
  readonly dense: number;
  /** Those of routed experts, which fewer replicas hold. */
  readonly expert: number;
  /** Of both, those that multiply (matrices), which autocast copies. */
  readonly matrices: number;
}

/**
 * Parameters of a block on one device: tensors divided by outputs, inputs or vocabulary are 1/t, key-value heads
 * 1/min(t, heads), experts 1/(e·t_e), norms and routers whole. Sums over the devices of a replica are the block's
 * parameters and the copies. Shares of the vocabulary are not rounded up.
 */
export function shardedParams(block: Block, degrees: ShardDegrees): ShardedParams {
  const { tensorParallel, expertParallel, expertTensorParallel } = degrees;
  const kvHeads = block.kind === "attention" ? block.nKvHeads : 1;
  let dense = 0;
  let expert = 0;
  let matrices = 0;
  for (const tensor of blockTensors(block)) {
    const { split, routed, role } = tensor;
    let size = tensorSize(tensor);
    if (routed) size /= expertParallel;
    if (split === "kvHeads") size /= Math.min(tensorParallel, kvHeads);
    else if (split !== "none") size /= routed ? expertTensorParallel : tensorParallel;
    if (routed) expert += size;
    else dense += size;
    if (role === "matrix") matrices += size;
  }
  return { dense, expert, matrices };
}

/** Of several blocks together. */
export function shardedParamsOf(blocks: readonly Block[], degrees: ShardDegrees): ShardedParams {
  let dense = 0;
  let expert = 0;
  let matrices = 0;
  for (const block of blocks) {
    const params = shardedParams(block, degrees);
    dense += params.dense;
    expert += params.expert;
    matrices += params.matrices;
  }
  return { dense, expert, matrices };
}
