import { refuseMisspelt } from "../../numerics/arguments/refuseMisspelt.ts";
import {
  refusal,
  requireNonNegative,
  requirePositive,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { requireRows } from "../../numerics/arguments/requireRows.ts";
import type { ServingLoad } from "../engine/ServingScenario.ts";

/** A request of a trace. */
export interface TraceRequest {
  readonly arrivalS: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Tokens of the prompt that are in the cache already; default the policy's share. */
  readonly hitTokens?: number;
}

/** How requests come; what a serving scenario says of its load is one of these. */
export type SimulatedLoad =
  | ServingLoad
  /** As benchmark tools do: so many at once, the first of them `staggerS` apart. */
  | { readonly kind: "closed"; readonly concurrency: number; readonly staggerS?: number }
  /** The times between arrivals are gamma distributed of shape `burstiness`: 1 (default) is Poisson, less comes in bursts. */
  | { readonly kind: "open"; readonly requestsPerS: number; readonly burstiness?: number }
  /** Arrivals and lengths as they were recorded; `speed` 2 lets them come twice as fast. */
  | { readonly kind: "trace"; readonly trace: readonly TraceRequest[]; readonly speed?: number };

/** Throws unless requests can come like this. */
export function requireLoad(load: SimulatedLoad): void {
  if (load === null || typeof load !== "object") {
    throw refusal(
      "load",
      "must be an object",
      String(load),
      'give one such as { kind: "closed", concurrency: 8 }',
    );
  }
  requireOneOf("load.kind", load.kind, ["closed", "static", "open", "offline", "trace"]);
  if (load.kind === "closed") {
    requireOptions("load", load as { staggerS?: number } & typeof load, ["kind", "concurrency", "staggerS"]);
    requireWhole("load.concurrency", load.concurrency, 1, "give the requests at the same time");
    if ("staggerS" in load) requireNonNegative("load.staggerS", load.staggerS ?? 0, "give seconds");
  } else if (load.kind === "static") {
    requireOptions("load", load, ["kind", "batch"]);
    requireWhole("load.batch", load.batch, 1, "give the requests of the batch");
  } else if (load.kind === "open") {
    requireOptions("load", load as { burstiness?: number } & typeof load, [
      "kind",
      "requestsPerS",
      "burstiness",
    ]);
    requirePositive("load.requestsPerS", load.requestsPerS, "give requests a second");
    if ("burstiness" in load) requirePositive("load.burstiness", load.burstiness ?? 1, "1 is Poisson");
  } else if (load.kind === "trace") {
    requireOptions("load", load, ["kind", "trace", "speed"]);
    requirePositive("load.speed", load.speed ?? 1, "1 is as recorded");
    requireTrace(load.trace);
  } else requireOptions("load", load, ["kind"]);
}

function requireTrace(trace: readonly TraceRequest[]): void {
  requireRows("load.trace", trace);
  if (trace.length === 0) throw refusal("load.trace", "must hold requests", "none", "give at least one");
  let before = 0;
  for (const [i, row] of trace.entries()) {
    const place = { in: `row ${i} of the trace` };
    if (row === null || typeof row !== "object") {
      throw refusal(
        "a request",
        "must be an object with arrivalS, promptTokens and outputTokens",
        row,
        place,
      );
    }
    refuseMisspelt("a request of a trace", row, ["arrivalS", "promptTokens", "outputTokens", "hitTokens"]);
    const { arrivalS, promptTokens, outputTokens, hitTokens } = row;
    requireNonNegative("arrivalS", arrivalS, place);
    if (arrivalS < before)
      throw refusal("arrivalS", `must not be before ${before}, that of the row above`, arrivalS, place);
    before = arrivalS;
    requireWhole("promptTokens", promptTokens, 1, place);
    requireWhole("outputTokens", outputTokens, 1, place);
    if (hitTokens !== undefined) requireWhole("hitTokens", hitTokens, 0, place);
  }
}
