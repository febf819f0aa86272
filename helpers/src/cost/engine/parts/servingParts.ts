import { requireScenario } from "../requireScenario.ts";
import type { ServingInstances, ServingScenario } from "../ServingScenario.ts";
import { type EngineMachine, engineMachine } from "./EngineMachine.ts";
import { cacheBytesPerDevice, kvCapacity } from "./kvCapacity.ts";
import { engineParts, partAt } from "./partNames.ts";
import { addDecodeParts, addPromptParts } from "./stepParts.ts";

const nParts = engineParts.length;
const front = partAt("front");
const frontLaunches = partAt("frontLaunches");
const burst = partAt("burst");
const admission = partAt("admission");
const promptExchange = partAt("promptExchange");

/** Most requests of a group at a time where nothing else limits them: TensorRT-LLM's default. */
const mostRequests = 2048;

function weighted(parts: Float64Array, constants: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < nParts; k++) sum += constants[k]! * parts[k]!;
  return sum;
}

/** Tokens that a step computes at most where nothing is said: vLLM's and SGLang's default on cards for data centres. */
const usualChunk = 8192;

/** Tokens that a step gives a request: its own and the drafts before the first that is refused. */
function acceptedTokens({ tokens, acceptance }: NonNullable<ServingScenario["draft"]>): number {
  let sum = 1;
  let chance = 1;
  for (let i = 0; i < tokens; i++) {
    chance *= acceptance;
    sum += chance;
  }
  return sum;
}

/** Ideal seconds of the parts of both times of a scenario, and what they rest on. */
export interface ServingParts {
  readonly ttft: Float64Array;
  readonly tpot: Float64Array;
  /** Requests that decode at a time in one instance. */
  readonly decoding: number;
  /** Requests that one instance can hold. */
  readonly capacity: number;
  /** Requests in the system, of all instances, where the load says so; else those that are served at a time. */
  readonly inSystem: number;
  /** Arrivals that could be served over those of the load; Infinity where a load is no arrivals but waits for answers. */
  readonly headroom: number;
  /** Parts of the seconds of the whole system an output token, where it is at work all the time. */
  readonly perToken: Float64Array;
  readonly notes: readonly string[];
}

/** Sum of parts with the medians of their constants: where a time is needed before constants are at hand. */
export function typicalSeconds(parts: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < nParts; k++) sum += engineParts[k]!.median * parts[k]!;
  return sum;
}

/**
 * Parts of time to first and per output token.
 *
 * In a steady state each request of the batch needs its prompt computed once in outputTokens steps, so that a token of one
 * waits for decoding/outputTokens prompts of others: tpot = decode step + (decoding/outputTokens)·prompt. The first token comes after
 * the prompt's own pass beside the others' decoding, what surrounds it, a share of the prompts that came at the same time, and,
 * where the cache holds fewer than are in the system, after waiting for a place.
 *
 * @param constants of the parts, by which requests at a time are worked out; default their medians before any measurement
 * @throws RangeError on counts outside their domain
 * @example
 * import { readServingRow, servingParts } from "isoflop";
 * const scenario = readServingRow({ model: "Llama-3.1-8B", hardware: "h100_sxm", precision: "bf16", engine: "vllm", tp: 1,
 *   batch: 4096, load: "closed loop, concurrency", isl: 1024, osl: 512 });
 * if ("why" in scenario) throw new Error(scenario.why);
 * const { decoding, notes } = servingParts(scenario);
 * [decoding < 4096, notes.length]; // => [true, 1]
 */
export function servingParts(scenario: ServingScenario, constants?: ArrayLike<number>): ServingParts {
  requireScenario(scenario);
  const secondsOf = constants ? (parts: Float64Array) => weighted(parts, constants) : typicalSeconds;
  const { serve, prefill, load, promptTokens, outputTokens, engine } = scenario;
  const machine = engineMachine(scenario, serve.layout);
  const capacity = kvCapacity(machine, engine, promptTokens, outputTokens);
  const notes: string[] = [];
  const { prefixHitShare = 0, draft, chunkTokens = usualChunk } = scenario;
  const computed = Math.max(1, promptTokens * (1 - prefixHitShare));
  const pairs = computed * (promptTokens - computed) + (computed * (computed + 1)) / 2;
  // A prompt is computed in pieces of a chunk at most, each a pass of its own.
  const passes = Math.ceil(computed / chunkTokens);
  const middle = promptTokens + outputTokens / 2;
  const pass = new Float64Array(nParts);
  const addPrompt = (own: EngineMachine, count: number, decoding: number, out: Float64Array, times = 1) => {
    addPromptParts(own, (count * computed) / passes, (count * pairs) / passes, decoding, out, times * passes);
  };
  const perRequest = draft ? 1 + draft.tokens : 1;
  const gained = draft ? acceptedTokens(draft) : 1;
  const addDecode = (decoding: number, out: Float64Array, times = 1) => {
    // A request that checks drafts computes several tokens over one cache.
    addDecodeParts(machine, decoding * perRequest, middle / perRequest, out, times);
  };
  const times = (decoding: number) => {
    const tpot = new Float64Array(nParts);
    addDecode(decoding, tpot, 1 / gained);
    if (!prefill && load.kind !== "static") {
      // Prompts that a step computes on average; where they are fewer than one, so many steps have one.
      const prompts = decoding / outputTokens;
      const together = Math.max(1, prompts);
      addPrompt(machine, together, decoding, tpot, Math.min(1, prompts));
    }
    return tpot;
  };
  let headroom = Infinity;
  const { decoding: most, inSystem } = decodingRequests();
  let decoding = most;
  let tpot = times(decoding);
  let ttft = firstToken();
  if (load.kind === "closed") {
    // Of those in the system some wait for their first token, and only the others decode (Little's law).
    for (let round = 0; round < 3; round++) {
      const apart = (outputTokens - 1) * secondsOf(tpot);
      const placed = inSystem / serve.instances <= capacity;
      const decodes = apart / (apart + secondsOf(ttft));
      decoding = Math.max(1, placed ? (inSystem / serve.instances) * decodes : most);
      tpot = times(decoding);
      ttft = firstToken();
    }
  }
  const served = inSystem * outputTokens;
  const perToken = ttft.map((first, k) => (first + (outputTokens - 1) * tpot[k]!) / served);
  return { ttft, tpot, perToken, decoding, capacity, inSystem, headroom, notes };

  function firstToken(): Float64Array {
    const ttft = new Float64Array(nParts);
    pass.fill(0);
    if (prefill) firstBySplit(prefill, ttft);
    else if (load.kind === "static") {
      addPrompt(machine, decoding, 0, pass);
      ttft.set(pass);
      around(pass, ttft);
    } else if (load.kind === "offline") {
      // Who waits in the queue is of no account: of those that are served, each passes its prompt and its steps.
      addPrompt(machine, 1, decoding, pass);
      ttft.set(pass);
    } else {
      addPrompt(machine, 1, decoding, pass);
      ttft.set(pass);
      addDecode(decoding, ttft, passes);
      around(pass, ttft);
      const one = secondsOf(pass);
      if (load.kind === "open") addQueue((one * load.requestsPerS) / serve.instances, ttft);
      else ttft[burst]! += ((most - 1) / 2) * one;
      const waiting = Math.max(0, inSystem / serve.instances - most);
      ttft[admission]! += (waiting / most) * outputTokens * secondsOf(tpot);
    }
    return ttft;
  }

  /** What stands around the passes of a prompt. */
  function around(parts: Float64Array, ttft: Float64Array): void {
    ttft[front]! += 5e-3;
    ttft[frontLaunches]! += parts[partAt("promptLaunches")]!;
  }

  function firstBySplit({ instances, layout }: ServingInstances, ttft: Float64Array): void {
    const own = engineMachine(scenario, layout);
    addPrompt(own, 1, 0, pass);
    pass[promptExchange]! += transferSeconds(own);
    ttft.set(pass);
    around(pass, ttft);
    const one = secondsOf(pass);
    if (load.kind === "open") {
      const rho = (one * load.requestsPerS) / instances;
      headroom = Math.min(headroom, 1 / rho);
      addQueue(rho, ttft);
      return;
    }
    ttft[burst]! += (Math.max(0, inSystem / instances - 1) / 2) * one;
    // Where prefill is the narrower of the two, requests wait for it.
    const cycle = outputTokens * secondsOf(tpot);
    const held = serve.instances * most;
    ttft[admission]! += Math.max(
      0,
      (inSystem * one) / instances - one - cycle,
      ((inSystem - held) / held) * cycle,
    );
  }

  /** Seconds to hand a prompt's cache to an instance that decodes, by the network of its devices. */
  function transferSeconds(own: EngineMachine): number {
    const { nodeLink, network, perDomain } = scenario.accelerator;
    const link = (perDomain ? nodeLink : network) ?? nodeLink;
    return link ? cacheBytesPerDevice(own, promptTokens) / link.bytesPerSEachWay : 0;
  }

  /**
   * Adds the mean wait for the prompts before one's own at Poisson arrivals: ρ/(2(1 − ρ)) of a prompt; where prompts alone
   * overload an instance, that of a load of .99.
   */
  function addQueue(rho: number, ttft: Float64Array): void {
    if (rho >= 1) notes.push(`prompts alone ask for ${rho.toFixed(2)} times what an instance can compute`);
    const load = Math.min(rho, 0.99);
    for (let k = 0; k < nParts; k++) ttft[k]! += (load / (2 * (1 - load))) * pass[k]!;
  }

  function decodingRequests(): { decoding: number; inSystem: number } {
    const room = Math.min(capacity, mostRequests * serve.layout.attentionDataParallel);
    if (load.kind === "closed") {
      const each = load.concurrency / serve.instances;
      if (each > capacity) {
        notes.push(
          `the cache holds ${Math.floor(capacity)} of ${Math.ceil(each)} requests of an instance, the others wait`,
        );
      }
      return { decoding: Math.max(1, Math.min(each, capacity)), inSystem: load.concurrency };
    }
    if (load.kind === "static") return { decoding: load.batch / serve.instances, inSystem: load.batch };
    if (load.kind === "offline") {
      const decoding = Math.max(1, Math.floor(room));
      return { decoding, inSystem: decoding * serve.instances };
    }
    const rate = load.requestsPerS / serve.instances;
    let decoding = 1;
    // Requests at a time are arrivals times how long each decodes: found by bisection, as the time rises with them.
    let low = 0;
    let high = Math.max(1, room);
    const wanted = (batch: number) => rate * outputTokens * secondsOf(times(Math.max(1, batch)));
    headroom = high / wanted(high);
    if (headroom < 1) {
      notes.push(
        `overloaded: ${load.requestsPerS} requests/s are more than can be served, so that a queue grows`,
      );
      decoding = high;
    } else {
      for (let i = 0; i < 40 && high - low > 1e-3; i++) {
        decoding = (low + high) / 2;
        if (wanted(decoding) > decoding) low = decoding;
        else high = decoding;
      }
    }
    return { decoding: Math.max(1, decoding), inSystem: decoding * serve.instances };
  }
}
