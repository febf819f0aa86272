import type { Block } from "../../blocks/Block.ts";
import type { NormBlock } from "../../blocks/Norm.ts";
import type { Layer } from "../../Model.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";

/** What differs between decoders; the table before and the norm and head behind them are alike. */
export interface DecoderParts {
  readonly norm: NormBlock;
  readonly layers: readonly Layer[];
  /** Rows of the token table where `vocab_size` is absent. */
  readonly vocab: number;
  /** Longest sequence where `max_position_embeddings` is absent. */
  readonly maxTokens?: number;
  /** Whether the head is the table where `tie_word_embeddings` is absent; default false. */
  readonly tied?: boolean;
  /** Whether the class never takes the table for the head, whatever the configuration says. Default false. */
  readonly neverTied?: boolean;
  /** Rows that the table has and the head has not (Llama 3.2 Vision). Default 0. */
  readonly moreRows?: number;
  readonly headBias?: boolean;
  readonly prediction?: readonly Layer[];
}

/** A decoder: token table, layers, last norm, head. */
export function decoder(keys: ConfigKeys, parts: DecoderParts): ReadModel {
  const { norm, layers, prediction = [], headBias = false, moreRows = 0 } = parts;
  const width = norm.size;
  const rows = keys.whole("vocab_size", parts.vocab);
  const tied = keys.flag("tie_word_embeddings", parts.tied ?? false) && parts.neverTied !== true;
  const head: Block = { kind: "head", rows, width, tied, ...(headBias && { bias: true }) };
  const maxTokens = keys.whole("max_position_embeddings", parts.maxTokens ?? 0, 0);
  return {
    hiddenSize: width,
    vocabSize: rows,
    ...(maxTokens > 0 && { maxTokens }),
    input: [{ kind: "token-table", rows: rows + moreRows, width }],
    layers,
    output: [norm, head],
    towers: [],
    prediction,
  };
}
