import type { FittedLaw } from "../../laws/definition/Law.ts";
import { requireNonNegative, requirePositive } from "../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";
import { minimiseValley } from "../../numerics/minimiseValley.ts";
import { largestSize } from "./largestSize.ts";
import { lawOfExperts } from "./lawOfExperts.ts";
import type { MoeLoss, MoeModel } from "./MoeLoss.ts";
import { type MoeGeometry, moeParams } from "./moeParams.ts";

/** What there is to spend, and which mixtures come into question. */
export interface MoeQuestion {
  /** FLOPs of training and of `inferenceTokens`. */
  readonly flops: number;
  /** A law with constants (`routedLaw`, `fineGrainedLaw`, `sparsityLaw`, `jointMoeLaw`, a dense law), or any loss of a model. */
  readonly law: FittedLaw | MoeLoss;
  /** Experts to try, as multiples of the dense feed-forward; 1 is a dense model. */
  readonly experts: readonly number[];
  /** Granularities to try. Default 1. */
  readonly granularity?: readonly number[];
  /** Bytes that all weights without embeddings may take, with `bytesPerParam` each (default 2). */
  readonly memoryBytes?: number;
  readonly bytesPerParam?: number;
  /** FLOPs that a served token may cost at most. */
  readonly servingFlopsPerToken?: number;
  /** Tokens to serve in the model's life, paid from `flops`. Default 0. */
  readonly inferenceTokens?: number;
  /** Training tokens, where they are given. Default: the best; for `routedLaw`, which has no term for data, 130e9. */
  readonly nTokens?: number;
  /** Takes `routedLaw` beyond its experts and tokens. Default false. */
  readonly extrapolate?: boolean;
  /** Width over layers, default 64, and what else the blocks look like. */
  readonly geometry?: { readonly aspect?: number } & Pick<
    MoeGeometry,
    "ffnRatio" | "gated" | "routedShare" | "sharedExperts"
  >;
  /** FLOPs a router's parameter and token, default 14. */
  readonly routing?: number;
}

/** The best model of one number of experts and one granularity. */
export interface MoeAllocation extends MoeModel {
  readonly loss: number;
  /** Blocks and width, fractions as they come out. */
  readonly nLayers: number;
  readonly dModel: number;
  readonly trainingFlops: number;
  /** FLOPs of a served token. */
  readonly servingFlopsPerToken: number;
  /** Bytes of the weights, embeddings left out. */
  readonly weightBytes: number;
  /** What keeps the model from being larger: the minimum itself, or a limit. */
  readonly limit: "none" | "memory" | "serving" | "flops";
}

/** The best of all, and of every candidate. */
export interface MoeAnswer {
  readonly best: MoeAllocation;
  /** One for every pair of experts and granularity that has a model within the limits, best first. */
  readonly candidates: readonly MoeAllocation[];
  /** What the law was not fitted on, and which candidates do not fit. */
  readonly notes: readonly string[];
}

/** Tokens below which nothing is trained. */
const fewestTokens = 1e6;

/** The size to six digits, and so the loss to twelve: plans ask a thousand times. */
const enough = { steps: 16, within: 1e-6 };

/**
 * The mixture of experts of least loss within a budget: over size, tokens, experts and granularity, at equal training FLOPs,
 * equal memory, equal cost of a served token or equal FLOPs over a model's life, whichever limits are given.
 *
 * Every candidate gets blocks of one shape (`dModel = 64 nLayers`), so size is one number, and the loss is minimised over it;
 * FLOPs are those of `moeFlopsPerToken`, training and served tokens together at most `flops`.
 *
 * @throws RangeError when a number is outside its domain, the law gives no number or is asked for what its constants do not hold for, or no
 *   candidate has a model within the limits
 * @example
 * import { allocateMoe, krajewski2024 } from "isoflop";
 * const { best } = allocateMoe({ flops: 1.93e20, law: krajewski2024, experts: [64], granularity: [1, 4, 16] });
 * best.granularity; // => 16
 * best.nParams; // => 1.021e9
 */
export function allocateMoe(question: MoeQuestion): MoeAnswer {
  const limits = checkQuestion(question);
  const { experts, granularity = [1], nTokens, extrapolate = false } = question;
  const { loss, tokens, notes } = lawOfExperts(question.law, {
    experts,
    nTokens,
    extrapolate,
    routedShare: question.geometry?.routedShare ?? 1,
  });
  const candidates: MoeAllocation[] = [];
  const misfits: string[] = [];
  for (const count of experts) {
    for (const grain of count === 1 ? [1] : granularity) {
      const found = bestSize(loss, { experts: count, granularity: grain }, { ...limits, tokens });
      if (found) candidates.push(found);
      else
        misfits.push(
          `no model of one layer or more with ${count} experts (granularity ${grain}) fits the limits`,
        );
    }
  }
  const unknown = candidates.find((one) => !Number.isFinite(one.loss));
  if (unknown) {
    throw new RangeError(
      `the law gives no loss (${unknown.loss}) for ${unknown.experts} experts, ${unknown.nParams} active parameters and ` +
        `${unknown.nTokens} tokens; give a law that holds there, or other experts and limits`,
    );
  }
  candidates.sort((one, other) => one.loss - other.loss);
  const [best] = candidates;
  if (!best)
    throw new RangeError(
      `${misfits[0]}, nor any other candidate; raise flops, memoryBytes or the serving limit`,
    );
  return { best, candidates, notes: [...notes, ...misfits] };
}

type Limits = ReturnType<typeof checkQuestion>;

function checkQuestion(question: MoeQuestion) {
  requireOptions("allocateMoe", question, [
    "flops",
    "law",
    "experts",
    "granularity",
    "memoryBytes",
    "bytesPerParam",
    "servingFlopsPerToken",
    "inferenceTokens",
    "nTokens",
    "extrapolate",
    "geometry",
    "routing",
  ]);
  const { flops, memoryBytes = Infinity, bytesPerParam = 2, servingFlopsPerToken = Infinity } = question;
  const { inferenceTokens = 0, geometry = {}, routing = 14, nTokens, experts, granularity = [1] } = question;
  requirePositive("flops", flops, "give a budget, such as 1e21");
  requirePositive("bytesPerParam", bytesPerParam, "2 for 16 bits");
  if (memoryBytes !== Infinity) requirePositive("memoryBytes", memoryBytes, "leave it out for no limit");
  if (servingFlopsPerToken !== Infinity)
    requirePositive("servingFlopsPerToken", servingFlopsPerToken, "leave it out for no limit");
  requireNonNegative("inferenceTokens", inferenceTokens, "0 for none");
  requireNonNegative("routing", routing, "the source has 14");
  if (nTokens !== undefined) requirePositive("nTokens", nTokens, "leave it out for the best");
  requireOptions("the geometry of allocateMoe", geometry, [
    "aspect",
    "ffnRatio",
    "gated",
    "routedShare",
    "sharedExperts",
  ]);
  for (const [name, list] of [
    ["experts", experts],
    ["granularity", granularity],
  ] as const) {
    if (!Array.isArray(list) || list.length === 0) {
      throw new RangeError(
        `${name} must be a list of candidates such as [1, 8, 64], got ${list}; give at least one`,
      );
    }
  }
  const { aspect = 64, ...blocks } = geometry;
  requirePositive("aspect", aspect, "64 is width 1024 for 16 layers");
  return {
    flops,
    memoryBytes,
    bytesPerParam,
    servingFlopsPerToken,
    inferenceTokens,
    routing,
    aspect,
    blocks,
  };
}

/** The best size of one candidate; undefined where not even one layer fits. */
function bestSize(
  loss: MoeLoss,
  candidate: { readonly experts: number; readonly granularity: number },
  limits: Limits & { readonly tokens: number | undefined },
): MoeAllocation | undefined {
  const { flops, memoryBytes, bytesPerParam, servingFlopsPerToken, inferenceTokens, routing, tokens } =
    limits;
  // At width = aspect * n all but the routers grow as n³ (d² n), the routers as n² (d n).
  const unit = moeParams({ dModel: limits.aspect, nLayers: 1, ...limits.blocks, ...candidate });
  const training = (n: number) => (6 * unit.active * n + routing * unit.router) * n * n;
  const servedAsTraining = inferenceTokens / 3;
  const caps = {
    memory: largestSize(unit.total, unit.router, memoryBytes / bytesPerParam),
    serving: largestSize(6 * unit.active, routing * unit.router, 3 * servingFlopsPerToken),
    flops: largestSize(
      6 * unit.active,
      routing * unit.router,
      flops / ((tokens ?? fewestTokens) + servedAsTraining),
    ),
  };
  const largest = Math.min(caps.memory, caps.serving, caps.flops);
  if (!(largest >= 1)) return undefined;
  const modelOf = (n: number): MoeModel => ({
    nParams: unit.active * n * n * n,
    nParamsTotal: unit.total * n * n * n,
    nTokens: tokens ?? flops / training(n) - servedAsTraining,
    experts: candidate.experts,
    granularity: candidate.granularity,
  });
  const top = Math.log(largest);
  // One wide valley; or none, where tokens are given: then the largest is the best.
  const log =
    tokens === undefined ? minimiseValley((logN) => loss(modelOf(Math.exp(logN))), 0, top, enough) : top;
  const n = Math.exp(log);
  const model = modelOf(n);
  const held = (["memory", "serving", "flops"] as const).find((name) => caps[name] === largest)!;
  return {
    ...model,
    loss: loss(model),
    nLayers: n,
    dModel: limits.aspect * n,
    trainingFlops: training(n) * model.nTokens,
    servingFlopsPerToken: training(n) / 3,
    weightBytes: (unit.total * n + unit.router) * n * n * bytesPerParam,
    limit: log === top ? held : "none",
  };
}
