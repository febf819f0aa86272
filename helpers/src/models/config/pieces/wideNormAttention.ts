import type { AttentionBlock } from "../../blocks/Attention.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import { biased } from "./biased.ts";
import type { Heads } from "./heads.ts";
import { full } from "./spans.ts";

/** Attention of OLMo's later models: queries and keys are normalised over all heads together. */
export function wideNormAttention(keys: ConfigKeys, own: Heads): AttentionBlock {
  return {
    kind: "attention",
    ...own,
    span: full,
    biases: biased(keys.flag("attention_bias", false)),
    queryNorm: { kind: "norm", size: own.nHeads * own.keySize },
    keyNorm: { kind: "norm", size: own.nKvHeads * own.keySize },
  };
}
