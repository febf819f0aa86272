import type { CatalogAccelerator } from "../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../models/Model.ts";
import type { ServingLayout } from "./ServingLayout.ts";

/** How requests come. */
export type ServingLoad =
  /** So many requests are in the system at all times: as one ends the next begins. */
  | { readonly kind: "closed"; readonly concurrency: number }
  /** So many equal requests, begun together and ended together. */
  | { readonly kind: "static"; readonly batch: number }
  /** Poisson arrivals, requests a second. */
  | { readonly kind: "open"; readonly requestsPerS: number }
  /** All requests are there from the beginning, and the engine holds as many as it can. */
  | { readonly kind: "offline" };

/** Instances of a layout that do the same. */
export interface ServingInstances {
  readonly instances: number;
  readonly layout: ServingLayout;
}

/** Bits of what is stored and computed. */
export interface ServingBits {
  readonly weights: number;
  readonly activations: number;
  readonly kv: number;
}

/** A machine, a model and a load, as a table of serving measurements describes them, ready to be timed. */
export interface ServingScenario {
  readonly model: Model;
  /** Key of the model, by which rows of the same model are told. */
  readonly modelKey: string;
  readonly accelerator: CatalogAccelerator;
  /** Key of the accelerator in the catalogue. */
  readonly acceleratorKey: string;
  readonly bits: ServingBits;
  /** "fp8", "fp4", "int4", "bf16" …: what a table calls the precision. */
  readonly format: string;
  /** "vllm", "sglang", "trtllm", or another name in lower case; "" where it is not known. */
  readonly engine: string;
  /** Its version; "" where it is not known. */
  readonly release: string;
  /** Instances that both prefill and decode (the load is that of all together), or those that decode where prefill is split off. */
  readonly serve: ServingInstances;
  /** Instances that only prefill; absent where one instance does both. */
  readonly prefill?: ServingInstances;
  readonly load: ServingLoad;
  /** Tokens that a step computes at most, pieces of prompts and decoding requests together; absent: as the engine has it. */
  readonly chunkTokens?: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Share of a prompt's tokens that a prefix cache holds, so that they are not computed; default 0. */
  readonly prefixHitShare?: number;
  /** Tokens drafted a step and the chance that one is accepted, given those before it were; absent: no such detail. */
  readonly draft?: { readonly tokens: number; readonly acceptance: number };
  /** Whether tokens are drafted (multi-token prediction, EAGLE); absent where that is not known. */
  readonly speculative?: boolean;
  /** How unevenly tokens choose experts, see `expectedDistinctExperts`; default 0. */
  readonly expertSkew?: number;
  /** What was not stated and is assumed, in words. */
  readonly assumptions: readonly string[];
}
