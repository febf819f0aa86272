import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { heads } from "../pieces/heads.ts";
import { mixture } from "../pieces/mixture.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** Hunyuan with experts (A13B): a shared expert as wide as a routed one; counts may be given a layer each. */
export function hunyuanMoe(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 32 });
  const norm: Block = { kind: "norm", size: own.inputSize };
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const normed = keys.flag("use_qk_norm", true);
  const attention: Block = {
    kind: "attention",
    ...own,
    span: full,
    biases: biased(keys.flag("attention_bias", false)),
    ...(normed && { queryNorm: headNorm, keyNorm: headNorm }),
  };
  const count = keys.whole("num_hidden_layers", 32);
  // The routed and the shared expert both take the width of the dense feed-forward.
  keys.ignore("moe_intermediate_size", "num_shared_expert", "use_mixed_mlp_moe", "norm_type", "mlp_bias");
  keys.ignore("use_cla", "cla_share_factor", "attention_head_dim", "num_media_embeds", "org_vocab_size");
  const size = keys.whole("intermediate_size", 11008);
  const known = new Map<string, Block>();
  const layers = stack(count, norm, attention, (i) => {
    const at = keys.at(i, "num_experts", "moe_topk");
    const experts = mixture(
      at,
      own.inputSize,
      {
        count: [["num_experts", "num_local_experts"], 1],
        perToken: [["moe_topk", "num_experts_per_tok"], 1],
        size: ["intermediate_size", size],
      },
      { sharedSize: size },
    );
    const kind = `${experts.nExperts} ${experts.perToken}`;
    if (!known.has(kind)) known.set(kind, experts);
    return known.get(kind) ?? experts;
  });
  return decoder(keys, { norm, layers, vocab: 290943, maxTokens: 2048 });
}
