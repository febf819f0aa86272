import type { ConfigKeys } from "./ConfigKeys.ts";

/** Heads of a layer: how many, how many of keys and values, how wide. */
export interface Heads {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly keySize: number;
}

/** Under which keys a family names its heads, and what its class takes where they are absent. */
export interface HeadKeys {
  readonly hiddenSize: number;
  /** Keys of the number of heads. Default num_attention_heads. */
  readonly heads?: string | readonly string[];
  readonly standardHeads?: number | undefined;
  /** Keys of the number of key-value heads; "" where every head has its own. Default num_key_value_heads. */
  readonly kvHeads?: string | readonly string[];
  /** Where the key is absent; null says as many as heads, as it does where this is left out. */
  readonly standardKvHeads?: number | undefined;
  /** Key of the width of a head; "" where the class divides the hidden size whatever is said. Default head_dim. */
  readonly headSize?: string;
  /** Where that key is absent; null divides the hidden size, as it does where this is left out. */
  readonly standardHeadSize?: number | undefined;
}

/**
 * Reads the heads of a family.
 *
 * @throws RangeError where heads do not divide the hidden size and no width of a head is given, or key-value heads do not
 *   divide the heads
 */
export function readHeads(keys: ConfigKeys, names: HeadKeys): Heads {
  const { hiddenSize, heads = "num_attention_heads", kvHeads = "num_key_value_heads" } = names;
  const nHeads = keys.whole(heads, names.standardHeads);
  const keySize = readHeadSize(keys, nHeads, hiddenSize, names);
  const nKvHeads = kvHeads === "" ? nHeads : readKvHeads(keys, kvHeads, nHeads, names.standardKvHeads);
  keys.repeats("num_key_value_heads", nKvHeads);
  keys.repeats("head_dim", keySize);
  return { nHeads, nKvHeads, keySize };
}

function readKvHeads(
  keys: ConfigKeys,
  names: string | readonly string[],
  nHeads: number,
  standard: number | undefined,
): number {
  const nKvHeads = keys.whole(names, keys.isNull(names) ? nHeads : (standard ?? nHeads));
  if (nHeads % nKvHeads !== 0) {
    throw new RangeError(
      `${keys.name(names)} must divide the ${nHeads} attention heads, got ${nKvHeads}; fix the configuration`,
    );
  }
  return nKvHeads;
}

function readHeadSize(keys: ConfigKeys, nHeads: number, hiddenSize: number, names: HeadKeys): number {
  const { headSize = "head_dim", standardHeadSize } = names;
  if (headSize !== "" && keys.has(headSize)) return keys.whole(headSize);
  if (headSize !== "" && standardHeadSize !== undefined && !keys.isNull(headSize)) return standardHeadSize;
  if (hiddenSize % nHeads !== 0) {
    const way = headSize === "" ? "fix the configuration" : `give ${keys.name(headSize)}`;
    throw new RangeError(`the ${nHeads} attention heads must divide the hidden size ${hiddenSize}; ${way}`);
  }
  return hiddenSize / nHeads;
}
