import { visiblePairs } from "../../arithmetic/visiblePairs.ts";
import type { EngineMachine } from "./EngineMachine.ts";

/** Share of the memory that weights and cache take; engines keep the rest for activations and graphs. */
const memoryShare = 0.93;
/** Share of the memory that is left for the cache at least: where weights hardly fit, engines are set to take more. */
const leastShare = 0.03;

/** Bytes of weights on each device of an instance. */
export function weightBytesPerDevice(machine: EngineMachine): number {
  const { work, layout } = machine;
  const { tensorParallel, pipelineParallel, expertParallel, expertTensorParallel } = layout;
  const dense = work.divided / tensorParallel + work.byKvHeads * machine.kvShare + work.whole;
  const experts = work.experts.reduce((sum, { weights }) => sum + weights, 0);
  const apart = expertParallel * expertTensorParallel;
  // The token table is as large as the head.
  const tables = (4 * work.head) / tensorParallel;
  return (dense * machine.weightBytes + (experts * machine.expertBytes) / apart + tables) / pipelineParallel;
}

/** Bytes of cache and states that one sequence of so many tokens takes on each device of its group. */
export function cacheBytesPerDevice(machine: EngineMachine, tokens: number): number {
  const { work, layout } = machine;
  const { tensorParallel, pipelineParallel } = layout;
  let bytes = (2 * work.stateValues) / tensorParallel;
  for (const { block, layers, latent, kvHeads, cachedValues, indexerValues } of work.attending) {
    const held = visiblePairs(block.span, 1, tokens - 1);
    const share = latent ? 1 : Math.max(1 / tensorParallel, 1 / kvHeads);
    bytes += layers * held * (cachedValues * share + indexerValues) * machine.cacheBytes;
  }
  return bytes / pipelineParallel;
}

/**
 * Requests that an instance holds at a time. TensorRT-LLM admits a request when all its tokens will fit; others when its prompt
 * does, so that on average half of the output is held.
 */
export function kvCapacity(
  machine: EngineMachine,
  engine: string,
  promptTokens: number,
  outputTokens: number,
): number {
  const held = promptTokens + (engine === "trtllm" ? outputTokens : outputTokens / 2);
  const left = machine.memoryBytes * memoryShare - weightBytesPerDevice(machine);
  const room = Math.max(left, leastShare * machine.memoryBytes);
  const one = cacheBytesPerDevice(machine, Math.max(1, held));
  if (one === 0) return Infinity;
  return Math.max(1, (room / one) * machine.layout.attentionDataParallel);
}
