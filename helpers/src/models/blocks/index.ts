export type { AttentionBlock, AttentionSpan } from "./Attention.ts";
export { type Block, blockTensors, type OtherBlock } from "./Block.ts";
export type { HeadBlock, PositionTableBlock, TokenTableBlock } from "./Embedding.ts";
export type { ExpertsBlock, FeedForwardBlock } from "./FeedForward.ts";
export type { Indexer, LatentAttentionBlock } from "./LatentAttention.ts";
export type { LinearAttentionBlock } from "./LinearAttention.ts";
export type { NormBlock } from "./Norm.ts";
export type { StateSpaceBlock } from "./StateSpace.ts";
export { type Tensor, type TensorSplit, tensorSize } from "./Tensor.ts";
