import { expectedDistinctExperts } from "../../arithmetic/expectedDistinctExperts.ts";
import { visiblePairs } from "../../arithmetic/visiblePairs.ts";
import type { EngineMachine } from "./EngineMachine.ts";
import { launchS, partAt } from "./partNames.ts";
import type { AttendingLayers } from "./servingWork.ts";

const weightBytes = partAt("weightBytes");
const expertBytes = partAt("expertBytes");
const cacheBytes = partAt("cacheBytes");
const decodeFlops = partAt("decodeFlops");
const expertFlops = partAt("expertFlops");
const decodeMixing = partAt("decodeMixing");
const launches = partAt("launches");
const expertLaunches = partAt("expertLaunches");
const otherLaunches = partAt("otherLaunches");
const exchange = partAt("exchange");
const step = partAt("step");
const requests = partAt("requests");
const promptFlops = partAt("promptFlops");
const promptExpertFlops = partAt("promptExpertFlops");
const promptMixing = partAt("promptMixing");
const promptExchange = partAt("promptExchange");
const promptLaunches = partAt("promptLaunches");
const promptTokensPart = partAt("promptTokens");

/** Rows to which grouped products of experts round up the tokens of each. */
const tileRows = 32;

/**
 * What computing adds to the time of reading: they overlap, so that the sum is √(bytes² + flops²), which is the larger of the two
 * where one is far above the other.
 */
function beyond(bytesS: number, flopsS: number): number {
  return Math.sqrt(bytesS * bytesS + flopsS * flopsS) - bytesS;
}

/** Tokens of one sequence that a layer sees when `cached` went before. */
function inSight({ block }: AttendingLayers, cached: number): number {
  return Math.max(0, visiblePairs(block.span, 1, cached) - 1);
}

/**
 * Adds to `out`, `times` over, the ideal seconds of a step in which `decoding` requests of an instance get their next token, each
 * with `cached` tokens before it.
 */
export function addDecodeParts(
  machine: EngineMachine,
  decoding: number,
  cached: number,
  out: Float64Array,
  times = 1,
): void {
  if (decoding <= 0) return;
  const { work, layout, memoryBytesPerS } = machine;
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel, expertTensorParallel } =
    layout;
  // Each stage of a pipeline has its share of the requests at a time, and a token passes all of them.
  const batch = decoding / pipelineParallel;
  const own = Math.max(1, batch / attentionDataParallel);
  const dense = work.divided / tensorParallel + work.byKvHeads * machine.kvShare + work.whole;
  const head = (2 * work.head) / tensorParallel;
  const matrices = (dense * machine.weightBytes + head) / memoryBytesPerS;
  out[weightBytes]! += times * matrices;
  out[decodeFlops]! += times * beyond(matrices, (2 * own * dense) / machine.flopsPerS);
  const apart = expertParallel * expertTensorParallel;
  for (const { nExperts, perToken, weights } of work.experts) {
    const hit = expectedDistinctExperts({ nExperts, perToken, batchSize: Math.max(1, batch) });
    const one = weights / nExperts;
    const touched = (one * hit * machine.expertBytes) / apart / memoryBytesPerS;
    const rows = Math.max(batch * perToken, hit * tileRows);
    out[expertBytes]! += times * touched;
    out[expertFlops]! += times * beyond(touched, (2 * one * rows) / apart / machine.expertFlopsPerS);
  }
  let read = (4 * work.stateValues) / tensorParallel;
  let mixing = work.recurrentFlops / tensorParallel;
  for (const group of work.attending) {
    const seen = inSight(group, cached);
    const attended = Math.min(seen, group.topTokens);
    const share = group.latent ? 1 : Math.max(1 / tensorParallel, 1 / group.kvHeads);
    read +=
      group.layers *
      (attended * group.cachedValues * share + seen * group.indexerValues) *
      machine.cacheBytes;
    mixing +=
      (group.layers * (attended * group.decodePairFlops + seen * group.indexerPairFlops)) / tensorParallel;
  }
  const cache = (own * read) / memoryBytesPerS;
  out[cacheBytes]! += times * cache;
  out[decodeMixing]! += times * beyond(cache, (own * mixing) / machine.mixingFlopsPerS);
  const mixture = work.experts.length > 0;
  // Kernels of a mixture's layers are counted together: engines capture and fuse them otherwise than those of dense models.
  out[mixture ? expertLaunches : launches]! += times * launchS * (work.launches + work.expertLaunches);
  out[otherLaunches]! += times * launchS * work.otherLaunches;
  out[exchange]! += times * exchangeSeconds(machine, own, batch);
  out[step]! += times * 1e-3;
  out[requests]! += times * own * 1e-5;
}

/**
 * Adds to `out`, `times` over, the ideal seconds of a pass over `tokens` prompt tokens with `pairs` pairs of tokens, in the same
 * step as `decoding` requests get their next token (0 where none do: then all weights are read for the prompt).
 */
export function addPromptParts(
  machine: EngineMachine,
  tokens: number,
  pairs: number,
  decoding: number,
  out: Float64Array,
  times = 1,
): void {
  if (tokens <= 0) return;
  const { work, layout, memoryBytesPerS } = machine;
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel, expertTensorParallel } =
    layout;
  const own = tokens / attentionDataParallel;
  const dense = work.divided / tensorParallel + work.byKvHeads * machine.kvShare + work.whole;
  const head = (2 * work.head) / tensorParallel;
  const matrices = (dense * machine.weightBytes + head) / memoryBytesPerS;
  if (decoding === 0) out[weightBytes]! += times * matrices;
  // Stages of a pipeline work on pieces of prompts at the same time.
  out[promptFlops]! += (times * beyond(matrices, (2 * own * dense) / machine.flopsPerS)) / pipelineParallel;
  const apart = expertParallel * expertTensorParallel;
  for (const { nExperts, perToken, weights } of work.experts) {
    const one = weights / nExperts;
    const hit = (batchSize: number) =>
      batchSize === 0 ? 0 : expectedDistinctExperts({ nExperts, perToken, batchSize });
    const all = hit(decoding + tokens);
    const bytesS = (one * machine.expertBytes) / apart / memoryBytesPerS;
    out[expertBytes]! += times * (all - hit(decoding)) * bytesS;
    const flopsS = (2 * one * perToken * tokens) / apart / machine.expertFlopsPerS;
    out[promptExpertFlops]! += (times * beyond(all * bytesS, flopsS)) / pipelineParallel;
  }
  let mixing = (work.recurrentFlops * tokens) / tensorParallel;
  // Pairs in sight of a window or of an indexer's choice are fewer; both are of the mean number of tokens seen.
  const seen = pairs / tokens;
  for (const group of work.attending) {
    const { span } = group.block;
    const reach = span.kind === "full" ? Infinity : span.kind === "window" ? span.tokens : span.tokens / 2;
    const attended = Math.min(seen, reach, group.topTokens);
    mixing +=
      (group.layers *
        tokens *
        (attended * group.promptPairFlops + Math.min(seen, reach) * group.indexerPairFlops)) /
      tensorParallel;
  }
  out[promptMixing]! += (times * mixing) / attentionDataParallel / machine.mixingFlopsPerS / pipelineParallel;
  out[promptExchange]! += (times * exchangeSeconds(machine, own, tokens)) / pipelineParallel;
  out[promptLaunches]! += times * launchS * (work.launches + work.expertLaunches + work.otherLaunches);
  out[promptTokensPart]! += times * tokens * 1e-6;
}

/** Seconds of exchanges of a pass over `own` tokens of each group of devices, `all` of them together; 16 bits a value. */
function exchangeSeconds(machine: EngineMachine, own: number, all: number): number {
  const { work, layout, allReduce, exchange: deal, handOver } = machine;
  const { tensorParallel, pipelineParallel, attentionDataParallel } = layout;
  const row = 2 * work.hiddenSize;
  const expertLayers = work.experts.reduce((sum, { layers }) => sum + layers, 0);
  const plain = 2 * work.layers - (attentionDataParallel > 1 ? expertLayers : 0);
  let seconds = plain * allReduce(own * row);
  if (attentionDataParallel > 1 && expertLayers > 0) {
    const perDevice = (all * row) / (attentionDataParallel * tensorParallel);
    for (const { layers, perToken } of work.experts) {
      const copies = Math.min(perToken, attentionDataParallel * tensorParallel);
      // Tokens are dealt out to the experts, and their results come back.
      seconds += 2 * layers * deal(perDevice * copies);
    }
  }
  if (pipelineParallel > 1) seconds += (pipelineParallel - 1) * handOver(own * row);
  return seconds;
}
