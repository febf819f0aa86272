import type { Random } from "../../numerics/random/Random.ts";
import type { StepClock } from "../engine/EngineStep.ts";
import { Heap } from "./Heap.ts";
import type { Measured } from "./Measured.ts";
import type { RequestTable } from "./RequestTable.ts";
import type { CheckedPolicy } from "./ServingPolicy.ts";
import { WaitingLine } from "./WaitingLine.ts";

/** What an instance tells whoever drives it. */
export interface Driver {
  /** A request whose prompt is computed leaves for an instance that decodes. */
  prefilled(request: number, nowS: number): void;
  done(request: number, nowS: number): void;
}

/**
 * One instance of an engine: plans a step, and takes in what it computed. Requests that decode grow alike, a token a step, so
 * that the step counts itself once for all of them: a step of decoding takes the same time however many they are.
 */
export class Instance {
  readonly waiting = new WaitingLine();
  running = 0;
  endS = Number.NaN;
  readonly #capacity: number;
  /** The running requests in the order in which they began, some of them gone. */
  #order: number[] = [];
  /** Steps of decoding so far; a request that decodes holds #base + #step tokens. */
  #step = 0;
  readonly #base: Int32Array;
  readonly #due: Float64Array;
  readonly #held: Int32Array;
  readonly #ends = new Heap();
  /** Of those that decode, how many take a new block at the steps of the same remainder. */
  readonly #phases: Int32Array;
  #decoding = 0;
  #cached = 0;
  #used = 0;
  #growth = 0;
  #reserved = 0;
  #partial = -1;
  #decodes = false;
  #pieces: number[] = [];
  #pieceTokens: number[] = [];
  #promptTokens = 0;
  #promptPairs = 0;
  /** Those whose last token came otherwise than by the last step of decoding. */
  #fresh: number[] = [];
  #lastDecodeS = Number.NaN;

  constructor(
    readonly index: number,
    readonly role: "both" | "prefill" | "decode",
    readonly clock: StepClock,
    readonly policy: CheckedPolicy,
    readonly table: RequestTable,
    readonly measured: Measured,
    readonly random: Random,
  ) {
    this.#capacity = Math.floor(policy.kvTokens / policy.blockTokens);
    this.#base = new Int32Array(table.count);
    this.#due = new Float64Array(table.count).fill(-1);
    this.#held = new Int32Array(table.count);
    this.#phases = new Int32Array(policy.blockTokens);
  }

  /** Begins a step, and sets when it ends; false when there is nothing to do. */
  plan(nowS: number): boolean {
    const { policy, measured } = this;
    this.#pieces.length = 0;
    this.#pieceTokens.length = 0;
    this.#promptTokens = 0;
    this.#promptPairs = 0;
    this.#growth = 0;
    if (policy.kind === "prefillFirst") {
      this.#admit(policy.maxTokens, nowS);
      this.#decodes = this.#pieces.length === 0 && this.#decoding > 0;
      if (this.#decodes) this.#makeRoom();
    } else {
      const thrown = this.#makeRoom();
      const budget = policy.maxTokens - this.#decoding * (1 + policy.draftTokens);
      const left = this.#goOn(budget);
      if (!thrown && left >= 0) this.#admit(left, nowS);
      this.#decodes = this.#decoding > 0;
    }
    const decoding = this.#decodes ? this.#decoding : 0;
    if (decoding === 0 && this.#pieces.length === 0) return false;
    const step = {
      promptTokens: this.#promptTokens,
      promptPairs: this.#promptPairs,
      decoding: decoding * (1 + policy.draftTokens),
      cachedTokens: this.#decodes ? this.#cached : 0,
    };
    const seconds = this.clock(step) + (this.#decodes ? policy.draftS : 0);
    if (!(Number.isFinite(seconds) && seconds >= 0)) {
      throw new RangeError(
        `the clock must give finite seconds >= 0, got ${seconds} for the step ${JSON.stringify(step)}; mend the clock`,
      );
    }
    this.endS = nowS + seconds;
    measured.step(nowS, seconds, decoding, this.#promptTokens, this.#used * policy.blockTokens);
    return true;
  }

  /** Takes in the step that ends now. */
  finish(nowS: number, driver: Driver): void {
    this.endS = Number.NaN;
    if (this.#decodes) {
      this.#gaps(nowS);
      if (this.policy.draftTokens > 0) this.#speculate(nowS, driver);
      else this.#decode(nowS, driver);
    }
    const { table } = this;
    for (const [i, request] of this.#pieces.entries()) {
      table.computed[request]! += this.#pieceTokens[i]!;
      const need = table.promptTokens[request]! + table.written[request]!;
      if (table.computed[request]! < need) continue;
      if (request === this.#partial) this.#partial = -1;
      this.#token(request, need, nowS, driver);
    }
  }

  /** A request that is computed so far gets its next token, and leaves or decodes on. */
  #token(request: number, need: number, nowS: number, driver: Driver): void {
    const { table, measured } = this;
    const written = ++table.written[request]!;
    measured.written(1);
    if (written > 1) measured.gap(nowS - table.lastTokenS[request]!, 1);
    else if (this.role !== "prefill") table.firstS[request] = nowS;
    table.lastTokenS[request] = nowS;
    const isDone = written >= table.outputTokens[request]!;
    if (isDone || this.role === "prefill") {
      this.#used -= this.#held[request]!;
      this.#leave(request);
      if (this.role === "prefill") driver.prefilled(request, nowS);
      else driver.done(request, nowS);
    } else {
      this.#join(request, need);
    }
  }

  #join(request: number, cached: number): void {
    const base = cached - this.#step;
    this.#base[request] = base;
    this.#decoding++;
    this.#cached += cached;
    this.#fresh.push(request);
    if (this.policy.draftTokens > 0) return;
    const b = this.policy.blockTokens;
    this.#phases[((base % b) + b) % b]!++;
    const due = this.#step + this.table.outputTokens[request]! - this.table.written[request]!;
    this.#due[request] = due;
    this.#ends.push(due, request);
  }

  #leave(request: number): void {
    this.running--;
    this.table.instance[request] = -1 - this.index;
    this.#reserved -= this.#fullBlocks(request);
    if (this.#order.length > 2 * this.running + 64) {
      this.#order = this.#order.filter((one) => this.table.instance[one] === this.index);
    }
  }

  #blocks(tokens: number): number {
    return Math.ceil(tokens / this.policy.blockTokens);
  }

  /** Blocks that a request holds in the end. */
  #fullBlocks(request: number): number {
    const { outputTokens, promptTokens } = this.table;
    return this.#blocks(promptTokens[request]! + (this.role === "prefill" ? 0 : outputTokens[request]!));
  }

  #gaps(nowS: number): void {
    const { measured, table } = this;
    for (const request of this.#fresh) measured.gap(nowS - table.lastTokenS[request]!, 1);
    const others = this.#decoding - this.#fresh.length;
    if (others > 0) measured.gap(nowS - this.#lastDecodeS, others);
    this.#fresh.length = 0;
    this.#lastDecodeS = nowS;
  }

  #decode(nowS: number, driver: Driver): void {
    this.#step++;
    this.#used += this.#growth;
    this.#cached += this.#decoding;
    this.measured.written(this.#decoding);
    while (this.#ends.least <= this.#step) {
      const request = this.#ends.pop();
      if (this.#due[request] !== this.#step) continue;
      this.table.written[request] = this.table.outputTokens[request]!;
      this.#stopDecoding(request);
      this.#leave(request);
      driver.done(request, nowS);
    }
  }

  /** Takes a request out of those that decode, and frees its blocks. */
  #stopDecoding(request: number): void {
    const cached = this.#base[request]! + this.#step;
    this.#decoding--;
    this.#cached -= cached;
    if (this.policy.draftTokens > 0) {
      this.#used -= this.#held[request]!;
      return;
    }
    this.#due[request] = -1;
    const b = this.policy.blockTokens;
    this.#phases[((this.#base[request]! % b) + b) % b]!--;
    this.#used -= this.#blocks(cached);
  }

  /** With a draft every request gains its own number of tokens; #step stays where it is. */
  #speculate(nowS: number, driver: Driver): void {
    const { table, policy, random } = this;
    // Who leaves changes the order; a copy does not change.
    for (const request of [...this.#order]) {
      if (!this.#isDecoding(request)) continue;
      const left = table.outputTokens[request]! - table.written[request]!;
      let gain = 1;
      while (gain <= policy.draftTokens && random.uniform() < policy.acceptance) gain++;
      gain = Math.min(gain, left);
      table.written[request]! += gain;
      this.#base[request]! += gain;
      this.#cached += gain;
      this.measured.written(gain);
      if (gain < left) continue;
      this.#stopDecoding(request);
      this.#leave(request);
      driver.done(request, nowS);
    }
  }

  #isDecoding(request: number): boolean {
    const { instance, computed, promptTokens, written } = this.table;
    if (instance[request] !== this.index || written[request] === 0 || request === this.#partial) return false;
    // One that is computed anew in this step has all its tokens only when the step ends.
    return !this.#pieces.includes(request) && computed[request]! >= promptTokens[request]!;
  }

  /** Finds the blocks for the next tokens of those that decode, throwing out the latest until they fit. */
  #makeRoom(): boolean {
    let thrown = false;
    for (;;) {
      this.#growth = this.#nextBlocks();
      if (this.#used + this.#growth <= this.#capacity) break;
      this.#throwOut();
      thrown = true;
    }
    if (this.policy.draftTokens > 0) {
      for (const request of this.#order) {
        if (this.#isDecoding(request)) this.#held[request]! += this.#draftBlocks(request);
      }
      this.#used += this.#growth;
      this.#growth = 0;
    }
    return thrown;
  }

  #nextBlocks(): number {
    const b = this.policy.blockTokens;
    if (this.policy.draftTokens === 0) return this.#phases[(b - (this.#step % b)) % b]!;
    let blocks = 0;
    for (const request of this.#order) if (this.#isDecoding(request)) blocks += this.#draftBlocks(request);
    return blocks;
  }

  #draftBlocks(request: number): number {
    const end = this.table.promptTokens[request]! + this.table.outputTokens[request]!;
    const wanted = Math.min(end, this.#base[request]! + this.#step + 1 + this.policy.draftTokens);
    return Math.max(0, this.#blocks(wanted) - this.#held[request]!);
  }

  #throwOut(): void {
    const { table } = this;
    let request = this.#order.pop()!;
    while (table.instance[request] !== this.index) request = this.#order.pop()!;
    if (request === this.#partial) {
      this.#used -= this.#held[request]!;
      this.#partial = -1;
    } else {
      const at = this.#fresh.indexOf(request);
      if (at >= 0) this.#fresh.splice(at, 1);
      else table.lastTokenS[request] = this.#lastDecodeS;
      // Without a draft the tokens are counted for all together.
      if (this.policy.draftTokens === 0) {
        table.written[request] = table.outputTokens[request]! - (this.#due[request]! - this.#step);
      }
      this.#stopDecoding(request);
    }
    this.#leave(request);
    table.computed[request] = 0;
    table.preemptions[request]!++;
    this.waiting.giveBack(request);
  }

  /** The prompt that was cut goes on. Returns what is left of the budget; -1 where it was thrown out. */
  #goOn(budget: number): number {
    const request = this.#partial;
    if (request < 0 || budget <= 0) return budget;
    const { table } = this;
    const done = table.computed[request]!;
    const tokens = Math.min(table.promptTokens[request]! + table.written[request]! - done, budget);
    const more = this.#blocks(done + tokens) - this.#held[request]!;
    if (this.#used + this.#growth + more > this.#capacity) {
      this.#throwOut();
      return -1;
    }
    this.#piece(request, done, tokens, more);
    return budget - tokens;
  }

  #piece(request: number, done: number, tokens: number, blocks: number): void {
    this.#held[request]! += blocks;
    this.#used += blocks;
    this.#pieces.push(request);
    this.#pieceTokens.push(tokens);
    this.#promptTokens += tokens;
    this.#promptPairs += tokens * done + (tokens * (tokens + 1)) / 2;
  }

  /** Begins those that wait, in their order, until one does not fit. */
  #admit(budget: number, nowS: number): void {
    const { waiting, policy, table } = this;
    let left = budget;
    while (waiting.length > 0 && this.running < policy.maxRequests) {
      const request = waiting.first;
      const promptTokens = table.promptTokens[request]!;
      const full = this.#fullBlocks(request);
      if (policy.admission === "reserved" && this.#reserved + full > this.#capacity) return;
      const free = this.#capacity - this.#used - this.#growth;
      const arrived = table.computed[request]!;
      if (arrived > 0) {
        const blocks = Math.min(full, this.#blocks(arrived + 1 + policy.draftTokens));
        if (left < 1 + policy.draftTokens || blocks > free) return;
        left -= 1 + policy.draftTokens;
        this.#begin(request, full, nowS);
        this.#held[request] = policy.draftTokens > 0 ? blocks : this.#blocks(arrived);
        this.#used += this.#held[request]!;
        this.#join(request, arrived);
        if (policy.draftTokens === 0) this.#growth = this.#nextBlocks();
        continue;
      }
      if (left <= 0) return;
      const need = promptTokens + table.written[request]!;
      const hit = Math.min(table.hitTokens[request]!, need - 1);
      const rest = need - hit;
      if (policy.kind !== "chunked" && rest > left && this.#pieces.length > 0) return;
      const tokens = policy.kind === "chunked" ? Math.min(rest, left) : rest;
      const blocks = this.#blocks(hit + tokens);
      if (blocks > free) return;
      this.#begin(request, full, nowS);
      this.#held[request] = 0;
      table.computed[request] = hit;
      this.#piece(request, hit, tokens, blocks);
      left -= tokens;
      if (tokens < rest) this.#partial = request;
    }
  }

  #begin(request: number, blocks: number, nowS: number): void {
    const { table } = this;
    this.waiting.take();
    this.running++;
    this.#reserved += blocks;
    this.#order.push(request);
    table.instance[request] = this.index;
    if (Number.isNaN(table.startS[request]!)) table.startS[request] = nowS;
  }
}
