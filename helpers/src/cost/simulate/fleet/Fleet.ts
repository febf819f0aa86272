import type { Random } from "../../../numerics/random/Random.ts";
import type { StepClock } from "../../engine/EngineStep.ts";
import type { CacheTransfer } from "../CacheTransfer.ts";
import type { CheckedPolicy } from "../ServingPolicy.ts";
import type { SimulatedLoad } from "../SimulatedLoad.ts";
import type { Driver } from "./Driver.ts";
import { Heap } from "./Heap.ts";
import { Instance } from "./Instance.ts";
import type { InstanceOptions } from "./InstanceOptions.ts";
import type { Measured } from "./Measured.ts";
import type { RequestTable } from "./RequestTable.ts";

interface Group {
  readonly clock: StepClock;
  readonly instances: number;
  readonly policy: CheckedPolicy;
}

interface FleetOptions {
  readonly table: RequestTable;
  readonly measured: Measured;
  readonly routing: "roundRobin" | "leastLoaded";
  readonly decoders: Group;
  readonly prefillers?: Group;
  readonly transfer?: CacheTransfer;
  readonly random: Random;
  readonly warmup: number;
  readonly cooldown: number;
}

/** All instances, and the events between them in the order of time. */
export class Fleet implements Driver {
  readonly #options: FleetOptions;
  readonly #table: RequestTable;
  readonly #measured: Measured;
  readonly #instances: Instance[] = [];
  /** Where prompts are computed, and where a request whose prompt is computed goes. */
  readonly #first: Instance[];
  readonly #second: Instance[];
  /** Arrivals have the number of their request; transfers and ends of steps come behind. */
  readonly #events = new Heap();
  #turns = [0, 0];
  #next = 0;
  #closed = false;
  #inSystem = 0;
  #ended = 0;
  #nowS = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#table = options.table;
    this.#measured = options.measured;
    const group = ({ clock, instances, policy }: Group, role: InstanceOptions["role"]) =>
      Array.from({ length: instances }, () => {
        const at = this.#instances.length;
        const { table, measured, random } = options;
        const one = new Instance({ index: at, role, clock, policy, table, measured, random });
        this.#instances.push(one);
        return one;
      });
    const { prefillers, decoders } = options;
    const split = prefillers ? group(prefillers, "prefill") : undefined;
    const serving = group(decoders, prefillers ? "decode" : "both");
    this.#first = split ?? serving;
    this.#second = serving;
  }

  get instanceCount(): number {
    return this.#instances.length;
  }

  /** Lets all requests come and end. */
  run(load: SimulatedLoad, arrivalS: Float64Array): void {
    const { table } = this.#options;
    this.#closed = load.kind === "closed";
    const begin = load.kind === "closed" ? Math.min(load.concurrency, table.count) : table.count;
    for (let i = 0; i < begin; i++) this.#events.push(arrivalS[i]!, i);
    this.#next = begin;
    if (this.#options.warmup === 0) this.#count(true, arrivalS[0]!);
    this.#nowS = arrivalS[0]!;
    while (this.#events.size > 0) {
      const nowS = this.#events.least;
      const seconds = nowS - this.#nowS;
      if (seconds > 0) this.#pass(seconds);
      this.#nowS = nowS;
      while (this.#events.least === nowS) this.#happen(this.#events.pop(), nowS);
      for (const instance of this.#instances) {
        if (Number.isNaN(instance.endS) && instance.plan(nowS)) {
          this.#events.push(instance.endS, 2 * table.count + instance.index);
        }
      }
    }
    if (this.#measured.counts) this.#count(false, this.#nowS);
  }

  #pass(seconds: number): void {
    let waiting = 0;
    let busy = 0;
    for (const instance of this.#instances) {
      waiting += instance.waiting.length;
      if (!Number.isNaN(instance.endS)) busy++;
    }
    this.#measured.between(this.#nowS, seconds, { inSystem: this.#inSystem, waiting, busy });
  }

  #happen(event: number, nowS: number): void {
    const n = this.#table.count;
    if (event < n) this.#arrive(event, nowS);
    else if (event < 2 * n) {
      const request = event - n;
      this.#table.firstS[request] = nowS;
      this.#table.lastTokenS[request] = nowS;
      if (this.#table.outputTokens[request] === 1) this.done(request, nowS);
      else this.#send(request, this.#second, 1);
    } else this.#instances[event - 2 * n]!.finish(nowS, this);
  }

  #arrive(request: number, nowS: number): void {
    this.#table.arrivalS[request] = nowS;
    this.#inSystem++;
    this.#send(request, this.#first, 0);
  }

  #send(request: number, among: readonly Instance[], stage: 0 | 1): void {
    let chosen = among[0]!;
    if (this.#options.routing === "leastLoaded") {
      const loadOf = ({ running, waiting }: Instance) => running + waiting.length;
      for (const one of among) if (loadOf(one) < loadOf(chosen)) chosen = one;
    } else {
      chosen = among[this.#turns[stage]! % among.length]!;
      this.#turns[stage]!++;
    }
    chosen.waiting.add(request);
  }

  prefilled(request: number, nowS: number): void {
    const { bytesPerToken, bytesPerS, latencyS = 0 } = this.#options.transfer!;
    const seconds = (bytesPerToken * this.#table.promptTokens[request]!) / bytesPerS + latencyS;
    this.#events.push(nowS + seconds, this.#table.count + request);
  }

  done(request: number, nowS: number): void {
    const { table, warmup, cooldown } = this.#options;
    table.endS[request] = nowS;
    this.#inSystem--;
    this.#ended++;
    if (this.#closed && this.#next < table.count) this.#arrive(this.#next++, nowS);
    if (this.#ended === warmup) this.#count(true, nowS);
    if (this.#ended === table.count - cooldown && this.#measured.counts) this.#count(false, nowS);
  }

  #count(counts: boolean, nowS: number): void {
    this.#measured.counts = counts;
    if (counts) this.#measured.sinceS = nowS;
    else this.#measured.untilS = nowS;
  }
}
