import { refuseMisspelt } from "../../numerics/arguments/refuseMisspelt.ts";
import { requireAtLeast, requireFraction, requirePositive } from "../../numerics/arguments/requireNumber.ts";

/** Blocks of a transformer with experts, without embeddings. */
export interface MoeGeometry {
  readonly dModel: number;
  readonly nLayers: number;
  /** How many times the parameters of a dense feed-forward all experts of a layer have together; 1: dense. */
  readonly experts: number;
  /** How many times narrower an expert is than the dense feed-forward; there are `experts * granularity`. Default 1. */
  readonly granularity?: number;
  /** Experts that a token is sent to. Default `granularity`: as wide together as the dense feed-forward. */
  readonly expertsPerToken?: number;
  /** Experts, of the same width, that every token passes besides. Default 0. */
  readonly sharedExperts?: number;
  /** Width of the dense feed-forward over `dModel`. Default 4. */
  readonly ffnRatio?: number;
  /** Three matrices an expert (SwiGLU) instead of two. Default false. */
  readonly gated?: boolean;
  /** Share of the layers that have experts, the others being dense. Default 1; Clark et al. took .5. */
  readonly routedShare?: number;
}

/** Parameters without embeddings. */
export interface MoeParams {
  /** Those that a token sees, routers left out. */
  readonly active: number;
  /** All, routers left out. */
  readonly total: number;
  /** Of the routers: d E G for each layer with experts. */
  readonly router: number;
}

const geometryFields = [
  "dModel",
  "nLayers",
  "experts",
  "granularity",
  "expertsPerToken",
  "sharedExperts",
  "ffnRatio",
  "gated",
  "routedShare",
] as const;

/**
 * Counts the parameters of a mixture of experts without embeddings: `4 d^2` of attention and, for a plain feed-forward of
 * 4 d, `8 d^2 E` of experts a layer, `8 d^2` of them for a token. Norms and biases are left out.
 *
 * With E = 64 this is N = d^2 (8 E + 4) n and 12 d^2 n active of the source; granularity changes the routers alone.
 *
 * Source: Krajewski et al. 2024 (arXiv 2402.07871), section 5 and appendix on FLOPs.
 *
 * @throws RangeError when a number is outside its domain
 * @example
 * import { moeParams } from "isoflop";
 * const { active, total } = moeParams({ dModel: 1024, nLayers: 16, experts: 64 });
 * active; // => 201326592
 * total; // => 8657043456
 */
export function moeParams(geometry: MoeGeometry): MoeParams {
  const settled = settleGeometry(geometry);
  const { dModel, nLayers, experts, granularity, sharedExperts, matrices, routed } = settled;
  const attention = 4 * dModel ** 2 * nLayers;
  const dense = matrices * settled.ffnRatio * dModel ** 2;
  const denseLayers = (nLayers - routed) * dense;
  const shared = routed * dense * (sharedExperts / granularity);
  return {
    active: attention + denseLayers + shared + routed * dense * (settled.expertsPerToken / granularity),
    total: attention + denseLayers + shared + routed * dense * experts,
    // One expert needs no choice.
    router: experts === 1 ? 0 : routed * dModel * experts * granularity,
  };
}

/** The geometry with its defaults, checked. `routed` is the number of layers with experts. */
export function settleGeometry(geometry: MoeGeometry) {
  refuseMisspelt("a mixture's geometry", geometry, geometryFields);
  const { dModel, nLayers, experts, granularity = 1, sharedExperts = 0, ffnRatio = 4 } = geometry;
  const { gated = false, routedShare = 1, expertsPerToken = granularity } = geometry;
  requirePositive("dModel", dModel, "give the width, such as 1024");
  requirePositive("nLayers", nLayers, "give the number of blocks, such as 16");
  requireAtLeast("experts", experts, 1, "a dense model has 1");
  requireAtLeast("granularity", granularity, 1, "1 is an expert as wide as the dense feed-forward");
  requirePositive("expertsPerToken", expertsPerToken, "leave it out for as many as the granularity");
  requireAtLeast("sharedExperts", sharedExperts, 0, "0 for none");
  requirePositive("ffnRatio", ffnRatio, "4 is usual");
  requireFraction("routedShare", routedShare);
  if (expertsPerToken > experts * granularity) {
    throw new RangeError(
      `expertsPerToken must be at most experts * granularity, ${experts * granularity}, got ${expertsPerToken}; ` +
        "a token cannot be sent to more experts than there are",
    );
  }
  const routed = nLayers * routedShare;
  const matrices = gated ? 3 : 2;
  return {
    dModel,
    nLayers,
    experts,
    granularity,
    expertsPerToken,
    sharedExperts,
    ffnRatio,
    matrices,
    routed,
  };
}
