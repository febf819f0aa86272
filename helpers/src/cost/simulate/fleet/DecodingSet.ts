import type { Random } from "../../../numerics/random/Random.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import { Heap } from "./Heap.ts";
import type { Measured } from "./Measured.ts";
import type { RequestTable } from "./RequestTable.ts";

/**
 * The requests of an instance that decode. Without drafts they grow alike, a token a step, so that the step is counted once for
 * all of them and costs the same however many they are: a request holds base + step tokens, ends at the step that is known when
 * it joins, and takes a block at every step of the same remainder. With drafts each is taken by itself.
 */
export class DecodingSet {
  count = 0;
  /** Tokens that they hold together. */
  cachedTokens = 0;
  readonly #table: RequestTable;
  readonly #policy: CheckedPolicy;
  readonly #random: Random;
  #step = 0;
  readonly #base: Int32Array;
  readonly #due: Float64Array;
  readonly #ends = new Heap();
  readonly #phases: Int32Array;
  /** With drafts: who decodes, and the blocks of each. */
  #members: number[] = [];
  readonly #held: Int32Array;
  /** Those whose last token came otherwise than by the last step of decoding. */
  #fresh: number[] = [];
  #lastDecodeS = Number.NaN;

  constructor(table: RequestTable, policy: CheckedPolicy, random: Random) {
    this.#table = table;
    this.#policy = policy;
    this.#random = random;
    this.#base = new Int32Array(table.count);
    this.#due = new Float64Array(table.count).fill(-1);
    this.#held = new Int32Array(policy.draftTokens > 0 ? table.count : 0);
    this.#phases = new Int32Array(policy.blockTokens);
  }

  /** A request that has `cached` tokens in `blocks` blocks decodes from the next step on. */
  join(request: number, cached: number, blocks: number): void {
    const base = cached - this.#step;
    this.#base[request] = base;
    this.count++;
    this.cachedTokens += cached;
    this.#fresh.push(request);
    if (this.#policy.draftTokens > 0) {
      this.#held[request] = blocks;
      this.#members.push(request);
      return;
    }
    this.#phases[this.#phaseOf(base)]!++;
    const due = this.#step + this.#table.outputTokens[request]! - this.#table.written[request]!;
    this.#due[request] = due;
    this.#ends.push(due, request);
  }

  /** Takes a request out, with what it has written and when; returns the blocks that it held. */
  remove(request: number): number {
    const { lastTokenS, written, outputTokens } = this.#table;
    const at = this.#fresh.indexOf(request);
    if (at >= 0) this.#fresh.splice(at, 1);
    else lastTokenS[request] = this.#lastDecodeS;
    const cached = this.#base[request]! + this.#step;
    this.count--;
    this.cachedTokens -= cached;
    if (this.#policy.draftTokens > 0) {
      this.#members = this.#members.filter((one) => one !== request);
      return this.#held[request]!;
    }
    written[request] = outputTokens[request]! - (this.#due[request]! - this.#step);
    this.#due[request] = -1;
    this.#phases[this.#phaseOf(this.#base[request]!)]!--;
    return this.#blocks(cached);
  }

  /** Blocks that the next step takes. */
  nextBlocks(): number {
    if (this.#policy.draftTokens === 0) return this.#phases[this.#phaseOf(-this.#step)]!;
    let blocks = 0;
    for (const request of this.#members) blocks += this.#draftBlocks(request);
    return blocks;
  }

  /** Notes that the blocks of the next step were taken. */
  takeBlocks(): void {
    for (const request of this.#members) this.#held[request]! += this.#draftBlocks(request);
  }

  /** A step ends: all get tokens. Returns those that have all of theirs, still in the set. */
  advance(nowS: number, measured: Measured): number[] {
    this.#gaps(nowS, measured);
    if (this.#policy.draftTokens > 0) return this.#advanceDrafts(measured);
    this.#step++;
    this.cachedTokens += this.count;
    measured.written(this.count);
    const done: number[] = [];
    while (this.#ends.least <= this.#step) {
      const request = this.#ends.pop();
      // Who was thrown out and began anew has another end.
      if (this.#due[request] === this.#step && done[done.length - 1] !== request) done.push(request);
    }
    return done;
  }

  #advanceDrafts(measured: Measured): number[] {
    const { draftTokens, acceptance } = this.#policy;
    const { outputTokens, written } = this.#table;
    const done: number[] = [];
    for (const request of this.#members) {
      const left = outputTokens[request]! - written[request]!;
      let gain = 1;
      while (gain <= draftTokens && this.#random.uniform() < acceptance) gain++;
      gain = Math.min(gain, left);
      written[request]! += gain;
      this.#base[request]! += gain;
      this.cachedTokens += gain;
      measured.written(gain);
      if (gain === left) done.push(request);
    }
    return done;
  }

  #gaps(nowS: number, measured: Measured): void {
    for (const request of this.#fresh) measured.gap(nowS - this.#table.lastTokenS[request]!, 1);
    const others = this.count - this.#fresh.length;
    if (others > 0) measured.gap(nowS - this.#lastDecodeS, others);
    this.#fresh.length = 0;
    this.#lastDecodeS = nowS;
  }

  #draftBlocks(request: number): number {
    const { promptTokens, outputTokens } = this.#table;
    const most = promptTokens[request]! + outputTokens[request]!;
    const next = this.#base[request]! + this.#step + 1 + this.#policy.draftTokens;
    return Math.max(0, this.#blocks(Math.min(most, next)) - this.#held[request]!);
  }

  #phaseOf(base: number): number {
    const { blockTokens } = this.#policy;
    return ((base % blockTokens) + blockTokens) % blockTokens;
  }

  #blocks(tokens: number): number {
    return Math.ceil(tokens / this.#policy.blockTokens);
  }
}
