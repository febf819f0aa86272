import { refusal } from "../../numerics/arguments/requireNumber.ts";
import { Random } from "../../numerics/random/Random.ts";
import type { AskedRequests } from "./fleet/RequestTable.ts";
import { gammaVariate } from "./gammaVariate.ts";
import { drawLength, type Length } from "./Length.ts";
import type { CheckedPolicy } from "./ServingPolicy.ts";
import type { SimulatedLoad } from "./SimulatedLoad.ts";

interface Asking {
  readonly load: SimulatedLoad;
  readonly lengths?: { readonly prompt: Length; readonly output: Length };
  readonly requests?: number;
}

/** The lengths of all requests, and when they arrive; NaN for those of a closed loop that wait for another to end. */
export function askedRequests(
  { load, lengths, requests }: Asking,
  policy: CheckedPolicy,
  seed: number,
): AskedRequests & { readonly arrivalS: Float64Array } {
  const trace = load.kind === "trace" ? load.trace : undefined;
  const n = Math.min(requests ?? usualCount(load), trace?.length ?? Infinity);
  const promptTokens = new Int32Array(n);
  const outputTokens = new Int32Array(n);
  const hitTokens = new Int32Array(n);
  const random = new Random(seed, 1);
  for (let i = 0; i < n; i++) {
    const row = trace?.[i];
    promptTokens[i] = held(i, "promptTokens", row ? row.promptTokens : drawLength(lengths!.prompt, random));
    outputTokens[i] = held(i, "outputTokens", row ? row.outputTokens : drawLength(lengths!.output, random));
    const { blockTokens, prefixHitShare } = policy;
    hitTokens[i] =
      row?.hitTokens ?? Math.floor((prefixHitShare * promptTokens[i]!) / blockTokens) * blockTokens;
  }
  return { promptTokens, outputTokens, hitTokens, arrivalS: arrivals(load, n, seed) };
}

/** Tokens are kept as whole numbers of 32 bits; more would become others, below 0 at the worst. */
function held(request: number, what: "promptTokens" | "outputTokens", tokens: number): number {
  if (tokens <= 2 ** 30) return tokens;
  throw refusal(
    `${what} of request ${request}`,
    `must be at most ${2 ** 30}`,
    tokens,
    "give shorter lengths, or a most",
  );
}

function usualCount(load: SimulatedLoad): number {
  if (load.kind === "closed") return 10 * load.concurrency;
  if (load.kind === "static") return load.batch;
  return load.kind === "trace" ? load.trace.length : 1000;
}

function arrivals(load: SimulatedLoad, n: number, seed: number): Float64Array {
  const at = new Float64Array(n);
  if (load.kind === "trace") {
    const { trace, speed = 1 } = load;
    for (let i = 0; i < n; i++) at[i] = trace[i]!.arrivalS / speed;
  } else if (load.kind === "closed") {
    const staggerS = "staggerS" in load ? (load.staggerS ?? 0) : 0;
    for (let i = 0; i < n; i++) at[i] = i < load.concurrency ? i * staggerS : Number.NaN;
  } else if (load.kind === "open") {
    const burstiness = "burstiness" in load ? (load.burstiness ?? 1) : 1;
    const random = new Random(seed, 2);
    let now = 0;
    for (let i = 0; i < n; i++) {
      at[i] = now;
      now += gammaVariate(burstiness, random) / load.requestsPerS;
    }
  }
  const last = load.kind === "closed" ? at[Math.min(n, load.concurrency) - 1]! : at[n - 1]!;
  if (last === Infinity) {
    throw refusal("arrivals of the load", "must be finite seconds", last, "raise its rate, speed or stagger");
  }
  return at;
}
