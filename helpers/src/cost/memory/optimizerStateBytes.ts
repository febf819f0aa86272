import { refusal, requireNonNegative, requireWhole } from "../../numerics/arguments/requireNumber.ts";
import { requireOneOf } from "../../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../../numerics/arguments/requireOptions.ts";

/** Optimisers whose states `optimizerStateBytes` counts. */
export const optimizerNames = [
  "adamw",
  "adam-8bit",
  "adafactor",
  "sgd",
  "sgd-momentum",
  "lion",
  "galore",
  "lomo",
  "mezo",
] as const;

/** Name of an optimiser. */
export type OptimizerName = (typeof optimizerNames)[number];

/** A weight matrix, or several alike. */
export interface MatrixSize {
  readonly rows: number;
  readonly columns: number;
  /** Default 1. */
  readonly copies?: number;
}

/**
 * Bytes of the states that an optimiser keeps between steps, the float32 copy of the weights apart.
 *
 * | optimiser | values kept |
 * |---|---|
 * | `adamw` | two for each parameter |
 * | `adam-8bit` | two of one byte, and a float32 constant for each 256 of them; tensors below 4096 values as `adamw` |
 * | `adafactor` | rows + columns of each matrix, one for each value of a vector; no momentum |
 * | `sgd-momentum`, `lion` | one for each parameter |
 * | `galore` | for a matrix of short side m and long side n: 2 r·n of Adam's and the projection r·m; vectors as `adamw` |
 * | `sgd`, `lomo`, `mezo` | none |
 *
 * Sources: Dettmers et al. 2022 (arXiv 2110.02861) and bitsandbytes at 95f9af30 (block of 256, least size 4096); Shazeer &
 * Stern 2018 (arXiv 1804.04235); Chen et al. 2023 (Lion, arXiv 2302.06675); Zhao et al. 2024 (GaLore, arXiv 2403.03507,
 * Table 1: mr + 2nr beside the weights); Lv et al. 2023 (LOMO, arXiv 2306.09782); Malladi et al. 2023 (MeZO, arXiv 2305.17333).
 *
 * @throws RangeError on an unknown optimiser, sizes that are not whole, or no rank for `galore`
 * @example
 * import { optimizerStateBytes } from "isoflop";
 * const layer = { matrices: [{ rows: 4096, columns: 11008 }] };
 * optimizerStateBytes({ optimizer: "adamw", ...layer }); // => 360710144
 * optimizerStateBytes({ optimizer: "adafactor", ...layer }); // => 60416
 * optimizerStateBytes({ optimizer: "galore", rank: 128, ...layer }); // => 13369344
 */
export function optimizerStateBytes(setting: {
  readonly optimizer: OptimizerName;
  readonly matrices: readonly MatrixSize[];
  /** Trained values outside matrices (norms, biases), one tensor of that many values. Default 0. */
  readonly vectorValues?: number;
  /** Bytes of a state: 4 by default, 2 where all training is in bf16. States of 8 bits have their own. */
  readonly stateBytes?: number;
  /** Rank of the projection, for `galore`. */
  readonly rank?: number;
}): number {
  requireOptions("optimizerStateBytes", setting, [
    "optimizer",
    "matrices",
    "vectorValues",
    "stateBytes",
    "rank",
  ]);
  const { optimizer, matrices, vectorValues = 0, stateBytes = 4, rank } = setting;
  requireOneOf("optimizer", optimizer, optimizerNames);
  requireWhole("vectorValues", vectorValues, 0, "0 where only matrices are trained");
  requireNonNegative("stateBytes", stateBytes, "4 for float32");
  if (optimizer === "galore")
    requireWhole("rank", rank ?? Number.NaN, 1, "galore needs the rank of its projection");
  else if (rank !== undefined) throw refusal("rank", "must be left out", rank, `${optimizer} has none`);
  const vector = { rows: vectorValues, columns: 1, isVector: true };
  if (!Array.isArray(matrices)) {
    throw refusal("matrices", "must be a list", matrices, "such as [{ rows: 4096, columns: 11008 }]");
  }
  let bytes = bytesOf(optimizer, vector, stateBytes, rank);
  for (const { rows, columns, copies = 1 } of matrices) {
    requireWhole("rows", rows, 1, "give the rows of the matrix");
    requireWhole("columns", columns, 1, "give the columns of the matrix");
    requireWhole("copies", copies, 1, "leave matrices out that do not occur");
    bytes += copies * bytesOf(optimizer, { rows, columns, isVector: false }, stateBytes, rank);
  }
  return bytes;
}

function bytesOf(
  optimizer: OptimizerName,
  { rows, columns, isVector }: MatrixSize & { readonly isVector: boolean },
  stateBytes: number,
  rank = 0,
): number {
  const values = rows * columns;
  switch (optimizer) {
    case "adamw":
      return 2 * values * stateBytes;
    case "adam-8bit":
      // bitsandbytes leaves small tensors in float32, and gives each block of 256 a float32 constant.
      return values < 4096 ? 8 * values : 2 * (values + 4 * Math.ceil(values / 256));
    case "adafactor":
      return (isVector ? values : rows + columns) * stateBytes;
    case "sgd-momentum":
    case "lion":
      return values * stateBytes;
    case "galore": {
      const [short, long] = rows < columns ? [rows, columns] : [columns, rows];
      // A projection no smaller than the matrix projects nothing.
      if (isVector || rank >= short) return 2 * values * stateBytes;
      return rank * (short + 2 * long) * stateBytes;
    }
    case "sgd":
    case "lomo":
    case "mezo":
      return 0;
  }
}
