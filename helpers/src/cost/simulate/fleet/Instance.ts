import type { StepClock } from "../../engine/EngineStep.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import { DecodingSet } from "./DecodingSet.ts";
import type { Driver } from "./Driver.ts";
import type { InstanceOptions } from "./InstanceOptions.ts";
import type { Measured } from "./Measured.ts";
import type { RequestTable } from "./RequestTable.ts";
import { StepPieces } from "./StepPieces.ts";
import { WaitingLine } from "./WaitingLine.ts";

/** One instance of an engine: chooses what a step computes, and takes in what it has computed. */
export class Instance {
  readonly index: number;
  readonly waiting = new WaitingLine();
  running = 0;
  /** When the step that runs ends; NaN while none does. */
  endS = Number.NaN;
  readonly #role: InstanceOptions["role"];
  readonly #clock: StepClock;
  readonly #policy: CheckedPolicy;
  readonly #table: RequestTable;
  readonly #measured: Measured;
  readonly #decoders: DecodingSet;
  readonly #capacity: number;
  /** The running requests in the order in which they began, with some that are gone. */
  #order: number[] = [];
  /** Blocks of the running requests that prefill. */
  readonly #held: Int32Array;
  #used = 0;
  #reserved = 0;
  /** The request whose prompt was cut; -1 where there is none. */
  #partial = -1;
  #decodes = false;
  readonly #pieces = new StepPieces();

  constructor(options: InstanceOptions) {
    const { policy, table } = options;
    this.index = options.index;
    this.#role = options.role;
    this.#clock = options.clock;
    this.#policy = policy;
    this.#table = table;
    this.#measured = options.measured;
    this.#decoders = new DecodingSet(table, policy, options.random);
    this.#capacity = Math.floor(policy.kvTokens / policy.blockTokens);
    this.#held = new Int32Array(table.count);
  }

  /** Begins a step, and sets when it ends; false when there is nothing to do. */
  plan(nowS: number): boolean {
    const { kind, maxTokens, draftTokens, draftS, blockTokens } = this.#policy;
    this.#pieces.clear();
    const decoders = this.#decoders;
    if (kind === "prefillFirst") {
      this.#admit(maxTokens, nowS);
      this.#decodes = this.#pieces.requests.length === 0 && decoders.count > 0;
      if (this.#decodes) this.#makeRoom();
    } else {
      const thrown = this.#makeRoom();
      const left = this.#goOn(maxTokens - decoders.count * (1 + draftTokens));
      // Where somebody was thrown out there is no room for others.
      if (!thrown && left > 0) this.#admit(left, nowS);
      this.#decodes = decoders.count > 0;
    }
    const decoding = this.#decodes ? decoders.count : 0;
    if (decoding === 0 && this.#pieces.requests.length === 0) return false;
    const step = {
      promptTokens: this.#pieces.promptTokens,
      promptPairs: this.#pieces.promptPairs,
      decoding: decoding * (1 + draftTokens),
      cachedTokens: decoding > 0 ? decoders.cachedTokens : 0,
    };
    const seconds = this.#clock(step) + (decoding > 0 ? draftS : 0);
    const endS = nowS + seconds;
    if (!(Number.isFinite(endS) && seconds >= 0)) {
      throw new RangeError(
        `the clock must give finite seconds >= 0, got ${seconds} for the step ${JSON.stringify(step)} at ${nowS} s; mend the clock`,
      );
    }
    this.endS = endS;
    this.#measured.step(nowS, seconds, decoding, this.#pieces.promptTokens, this.#used * blockTokens);
    return true;
  }

  /** Takes in the step that ends now. */
  finish(nowS: number, driver: Driver): void {
    this.endS = Number.NaN;
    if (this.#decodes) {
      for (const request of this.#decoders.advance(nowS, this.#measured)) {
        this.#used -= this.#decoders.remove(request);
        this.#leave(request);
        driver.done(request, nowS);
      }
    }
    const { computed, promptTokens, written } = this.#table;
    for (let i = 0; i < this.#pieces.requests.length; i++) {
      const request = this.#pieces.requests[i]!;
      computed[request]! += this.#pieces.tokens[i]!;
      if (computed[request]! < promptTokens[request]! + written[request]!) continue;
      if (request === this.#partial) this.#partial = -1;
      this.#token(request, nowS, driver);
    }
  }

  /** A request whose tokens are all computed gets the next one, and leaves or decodes on. */
  #token(request: number, nowS: number, driver: Driver): void {
    const { computed, written, lastTokenS, firstS, outputTokens } = this.#table;
    const isFirst = ++written[request]! === 1;
    this.#measured.written(1);
    if (!isFirst) this.#measured.gap(nowS - lastTokenS[request]!, 1);
    else if (this.#role !== "prefill") firstS[request] = nowS;
    lastTokenS[request] = nowS;
    if (this.#role !== "prefill" && written[request]! < outputTokens[request]!) {
      this.#decoders.join(request, computed[request]!, this.#held[request]!);
      return;
    }
    this.#used -= this.#held[request]!;
    this.#leave(request);
    if (this.#role === "prefill") driver.prefilled(request, nowS);
    else driver.done(request, nowS);
  }

  #leave(request: number): void {
    this.running--;
    this.#reserved -= this.#fullBlocks(request);
    // Below 0 where a request no longer runs; who served it can still be read.
    this.#table.instance[request] = -1 - this.index;
    if (this.#order.length > 2 * this.running + 64) {
      this.#order = this.#order.filter((one) => this.#table.instance[one] === this.index);
    }
  }

  /** Blocks that a request holds in the end. */
  #fullBlocks(request: number): number {
    const { outputTokens, promptTokens } = this.#table;
    return this.#blocks(promptTokens[request]! + (this.#role === "prefill" ? 0 : outputTokens[request]!));
  }

  #blocks(tokens: number): number {
    return Math.ceil(tokens / this.#policy.blockTokens);
  }

  /** Takes the blocks for the next tokens of those that decode, throwing out the latest until they fit. */
  #makeRoom(): boolean {
    let thrown = false;
    let more = this.#decoders.nextBlocks();
    while (this.#used + more > this.#capacity) {
      this.#throwOutLatest();
      thrown = true;
      more = this.#decoders.nextBlocks();
    }
    this.#decoders.takeBlocks();
    this.#used += more;
    return thrown;
  }

  #throwOutLatest(): void {
    const { instance, computed, preemptions } = this.#table;
    let request = this.#order.pop()!;
    while (instance[request] !== this.index) request = this.#order.pop()!;
    if (request === this.#partial) {
      this.#used -= this.#held[request]!;
      this.#partial = -1;
    } else this.#used -= this.#decoders.remove(request);
    this.#leave(request);
    computed[request] = 0;
    preemptions[request]!++;
    this.waiting.giveBack(request);
  }

  /** The prompt that was cut goes on. Returns what is left of the budget; 0 where it was thrown out. */
  #goOn(budget: number): number {
    const request = this.#partial;
    if (request < 0 || budget <= 0) return budget;
    const { computed, promptTokens, written } = this.#table;
    const done = computed[request]!;
    const tokens = Math.min(promptTokens[request]! + written[request]! - done, budget);
    const more = this.#blocks(done + tokens) - this.#held[request]!;
    if (this.#used + more > this.#capacity) {
      this.#throwOutLatest();
      return 0;
    }
    this.#piece(request, done, tokens, more);
    return budget - tokens;
  }

  #piece(request: number, done: number, tokens: number, blocks: number): void {
    this.#held[request]! += blocks;
    this.#used += blocks;
    this.#pieces.add(request, done, tokens);
  }

  /** Begins those that wait, in their order, until one does not fit. */
  #admit(budget: number, nowS: number): void {
    const { maxRequests, admission } = this.#policy;
    let left = budget;
    while (left > 0 && this.waiting.length > 0 && this.running < maxRequests) {
      const request = this.waiting.first;
      const full = this.#fullBlocks(request);
      if (admission === "reserved" && this.#reserved + full > this.#capacity) return;
      const taken =
        this.#table.computed[request]! > 0
          ? this.#beginDecoding(request, full, left, nowS)
          : this.#beginPrompt(request, full, left, nowS);
      if (taken === 0) return;
      left -= taken;
    }
  }

  /** A request comes with its cache. Returns the tokens that it takes of the budget; 0 where it does not fit. */
  #beginDecoding(request: number, full: number, left: number, nowS: number): number {
    const cached = this.#table.computed[request]!;
    const tokens = 1 + this.#policy.draftTokens;
    const blocks = Math.min(full, this.#blocks(cached + tokens));
    if (tokens > left || this.#used + blocks > this.#capacity) return 0;
    this.#begin(request, full, nowS);
    this.#used += blocks;
    this.#decoders.join(request, cached, blocks);
    return tokens;
  }

  #beginPrompt(request: number, full: number, left: number, nowS: number): number {
    const { promptTokens, written, hitTokens, computed } = this.#table;
    const need = promptTokens[request]! + written[request]!;
    const hit = Math.min(hitTokens[request]!, need - 1);
    const rest = need - hit;
    const isCut = this.#policy.kind === "chunked";
    if (!isCut && rest > left && this.#pieces.requests.length > 0) return 0;
    const tokens = isCut ? Math.min(rest, left) : rest;
    const blocks = this.#blocks(hit + tokens);
    if (this.#used + blocks > this.#capacity) return 0;
    this.#begin(request, full, nowS);
    this.#held[request] = 0;
    computed[request] = hit;
    this.#piece(request, hit, tokens, blocks);
    if (tokens < rest) this.#partial = request;
    return tokens;
  }

  #begin(request: number, blocks: number, nowS: number): void {
    const { instance, startS } = this.#table;
    this.waiting.take();
    this.running++;
    this.#reserved += blocks;
    this.#order.push(request);
    instance[request] = this.index;
    if (Number.isNaN(startS[request]!)) startS[request] = nowS;
  }
}
