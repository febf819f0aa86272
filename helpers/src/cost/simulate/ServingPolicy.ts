import {
  refusal,
  requireBetween,
  requireNonNegative,
  requireWhole,
} from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Several tokens a step: a draft is checked, and what agrees is kept. */
export interface Speculation {
  /** Tokens that are proposed a step (of multi-token prediction: its depth). */
  readonly draftTokens: number;
  /** Chance that a proposed token is kept, given that all before it were: between 0 and 1. */
  readonly acceptance: number;
  /** Seconds that proposing adds to every step that decodes. Default 0. */
  readonly draftS?: number;
}

/** How an engine fills its steps. What is left out is as vLLM serves on accelerators of 70 GiB or more. */
export interface ServingPolicy {
  /**
   * - `chunked` (default): decoding goes first, prompts fill what is left of the token budget and are cut where it ends (vLLM V1,
   *   SGLang and TensorRT-LLM with chunked prefill).
   * - `whole`: as above, but a prompt is never cut (TensorRT-LLM without chunked context).
   * - `prefillFirst`: a step computes whole prompts or decodes, and prompts go first (vLLM V0).
   */
  readonly kind?: "chunked" | "whole" | "prefillFirst";
  /** Tokens of a step (max_num_batched_tokens, max_num_tokens). Default 8192. A whole prompt that is longer gets a step of its own. */
  readonly maxTokens?: number;
  /** Requests that run at the same time in an instance (max_num_seqs, max_batch_size). Default 1024. */
  readonly maxRequests?: number;
  /** Tokens that the cache of an instance holds. Default no limit. */
  readonly kvTokens?: number;
  /** Tokens of a block of the cache. Default 16. */
  readonly blockTokens?: number;
  /**
   * - `optimistic` (default): a request begins where its next tokens fit; when the cache is full, the latest is thrown out and
   *   computed anew (vLLM; TensorRT-LLM's MAX_UTILIZATION).
   * - `reserved`: a request begins where all its tokens fit to the end (TensorRT-LLM's GUARANTEED_NO_EVICT).
   */
  readonly admission?: "optimistic" | "reserved";
  /** Share of the prompt's tokens that are found in the cache and not computed; whole blocks. Default 0. */
  readonly prefixHitShare?: number;
  /** Default none. */
  readonly speculation?: Speculation;
}

/** A policy with all its fields. */
export interface CheckedPolicy extends Required<Omit<ServingPolicy, "speculation">> {
  readonly draftTokens: number;
  readonly acceptance: number;
  readonly draftS: number;
}

const kinds = ["chunked", "whole", "prefillFirst"] as const;

/** Fills in what is left out, and refuses what no engine can do. */
export function checkPolicy(policy: ServingPolicy = {}): CheckedPolicy {
  requireOptions("policy", policy, [
    "kind",
    "maxTokens",
    "maxRequests",
    "kvTokens",
    "blockTokens",
    "admission",
    "prefixHitShare",
    "speculation",
  ]);
  const { kind = "chunked", maxTokens = 8192, maxRequests = 1024, kvTokens = Infinity } = policy;
  const { blockTokens = 16, admission = "optimistic", prefixHitShare = 0, speculation } = policy;
  requireOneOf("policy.kind", kind, kinds);
  requireOneOf("policy.admission", admission, ["optimistic", "reserved"]);
  if (maxTokens !== Infinity) requireWhole("policy.maxTokens", maxTokens, 1, "8192 is usual");
  if (maxRequests !== Infinity) requireWhole("policy.maxRequests", maxRequests, 1, "256 and 1024 are usual");
  if (kvTokens !== Infinity) requireWhole("policy.kvTokens", kvTokens, 1, "leave it out for no limit");
  requireWhole("policy.blockTokens", blockTokens, 1, "16 is usual");
  requireBetween("policy.prefixHitShare", prefixHitShare, 0, 1, "divide percentages by 100");
  if (speculation !== undefined) {
    requireOptions("speculation", speculation, ["draftTokens", "acceptance", "draftS"]);
    requireWhole("speculation.draftTokens", speculation.draftTokens, 1, "leave speculation out for none");
    requireBetween("speculation.acceptance", speculation.acceptance, 0, 1, "divide percentages by 100");
    requireNonNegative("speculation.draftS", speculation.draftS ?? 0, "give seconds, such as 0.001");
  }
  const draftTokens = speculation?.draftTokens ?? 0;
  if (maxTokens < (draftTokens + 1) * maxRequests && policy.maxRequests !== undefined) {
    throw refusal(
      "policy.maxTokens",
      `must hold a step of all requests, ${(draftTokens + 1) * maxRequests} tokens`,
      maxTokens,
      "lower maxRequests",
    );
  }
  // One request must decode at least, or whoever waits for a step waits for ever.
  if (maxTokens < draftTokens + 1) {
    throw refusal(
      "policy.maxTokens",
      `must hold a token and its draft, ${draftTokens + 1} tokens`,
      maxTokens,
      "raise it, or give fewer draftTokens",
    );
  }
  return {
    kind,
    maxTokens,
    maxRequests: Math.min(maxRequests, Math.floor(maxTokens / (draftTokens + 1))),
    kvTokens,
    blockTokens,
    admission,
    prefixHitShare,
    draftTokens,
    acceptance: speculation?.acceptance ?? 0,
    draftS: speculation?.draftS ?? 0,
  };
}
