import { readReplicates } from "../../numerics/readReplicates.ts";
import { valleyShape } from "./fitRateBatch.ts";
import type { RateBatchConstants } from "./RateBatchConstants.ts";

// Written by scripts/write-step-law-valley.js. One row without each of the 17 grids, in the order of valleyShape.
const rows = `
0.001274467 -0.57816 0.2361313 870077.6 -0.06669598 0.5613011 0.3619591 0.01853529 0.01477754 0.5074659
0.00126413 -0.5845351 0.2313512 864028.3 -0.07163298 0.5586835 0.3624626 0.01853336 0.01471729 0.513036
0.001297929 -0.5588757 0.2314541 878188.9 -0.04819684 0.560206 0.3524542 0.01889498 0.01468519 0.5268348
0.001277167 -0.6140926 0.244216 869750.7 -0.09085032 0.5648891 0.3201206 0.01985005 0.01550147 0.4889852
0.001275875 -0.5790043 0.2348977 861066.4 -0.07142671 0.5552155 0.3615527 0.01860231 0.01472761 0.5148447
0.001261502 -0.5798402 0.2315626 860755.6 -0.0753216 0.5560481 0.357783 0.01854383 0.01476145 0.49862
0.001273121 -0.5672531 0.2279846 864991.3 -0.0612813 0.556713 0.3496219 0.01881203 0.01478862 0.513854
0.001288067 -0.5792798 0.2276788 864475.9 -0.07226237 0.5560617 0.3273994 0.01934422 0.01513782 0.5336088
0.001261286 -0.5677615 0.2085737 867547.1 -0.06138618 0.5491756 0.3668704 0.01868973 0.01480218 0.5038805
0.001258846 -0.5825212 0.2317119 860759.4 -0.07534595 0.5627317 0.3598252 0.01871137 0.01454705 0.4981666
0.001263841 -0.5804412 0.2265892 850812.7 -0.07674628 0.5573778 0.3511412 0.01901387 0.01458216 0.5243885
0.001280425 -0.5755665 0.2278449 870648 -0.06774777 0.5603648 0.3450313 0.01905193 0.0147374 0.5266309
0.001287042 -0.5686906 0.224823 867772.9 -0.06769913 0.5585757 0.3616392 0.01872226 0.01468035 0.5244837
0.001265602 -0.5824545 0.2308974 872213.4 -0.06654252 0.5610894 0.3567407 0.01874374 0.01463586 0.5131227
0.0012546 -0.5848228 0.2264547 868258.2 -0.06918827 0.560663 0.3514576 0.01885672 0.01465935 0.5147056
0.001271284 -0.5889785 0.2337196 873718.3 -0.06332441 0.5606974 0.3585814 0.01876549 0.01461806 0.5348307
0.00126743 -0.581506 0.2292538 850664.3 -0.08106188 0.5573734 0.3517118 0.01883337 0.01470608 0.5179992
`;

/**
 * isoflop's fit of the valley of loss over learning rate and batch to the 1371 runs within 4 % of the best of their grid, of
 * the 17 grids that Li et al. 2025 released, and the same without each grid.
 *
 * Source: runs of Li et al. 2025 (arXiv:2503.04715), repository step-law/steplaw at 32a8f4c; the fit is isoflop's.
 *
 * @example
 * import { stepLawValley } from "isoflop";
 * stepLawValley.parameters.batchD; // => 0.5582
 * stepLawValley.replicates.length; // => 17
 */
export const stepLawValley: RateBatchConstants & { readonly units: Readonly<Record<string, string>> } =
  Object.freeze({
    parameters: Object.freeze({
      E: 1.488356,
      A: 158.3846,
      B: 200.9842,
      alpha: 0.2897703,
      beta: 0.2680631,
      rate: 0.001271559,
      rateN: -0.578413,
      rateD: 0.2291038,
      batch: 865206.8,
      batchN: -0.06913526,
      batchD: 0.5581664,
      coupling: 0.3527716,
      rateCurvature: 0.01883404,
      batchCurvature: 0.01477359,
      skew: 0.515477,
    }),
    replicates: readReplicates(rows, valleyShape),
    scatter: Object.freeze([
      [0.006, 0.0058] as const,
      [-0.0182, -0.0129] as const,
      [0.0784, 0.0956] as const,
      [-0.142, -0.1107] as const,
      [0.0123, -0.0522] as const,
      [0.0105, -0.0641] as const,
      [0.1172, 0.0996] as const,
      [-0.0373, -0.0296] as const,
      [-0.1594, -0.0689] as const,
      [0.025, 0.0543] as const,
      [0.109, 0.1411] as const,
      [0.0121, -0.0244] as const,
      [-0.1042, -0.0307] as const,
      [0.0248, -0.0323] as const,
      [0.0427, -0.0136] as const,
      [0.0181, -0.0187] as const,
      [0.0145, 0.0412] as const,
    ]),
    source: "isoflop's fit of the 17 public grids of Li et al. 2025 (arXiv:2503.04715)",
    fitted: Object.freeze({
      nParams: [214663680, 1073741824] as const,
      nTokens: [4000000000, 100000000000] as const,
      batchTokens: [32768, 4194304] as const,
    }),
    units: Object.freeze({ rate: "peak learning rate", batch: "tokens", E: "nats per token" }),
    conditions: "AdamW, cosine to 1e-5, 2,000 warm-up steps, sequences of 2048; N without embeddings",
  });
