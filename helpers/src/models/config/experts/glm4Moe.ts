import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { sharedAndRouted } from "../latent/sharedAndRouted.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { predictionLayers } from "../pieces/predictionLayers.ts";
import { full } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** GLM 4.5 to 4.7: dense first layers, shared experts as a number, biases of queries, keys and values if announced. */
export function glm4Moe(keys: ConfigKeys): ReadModel {
  return glm4MoeBy(keys, { attentionBias: false, prediction: 1, vocab: 151552, maxTokens: 131072 });
}

/** The text model of GLM 4.5V and 4.6V. */
export function glm4vMoeText(keys: ConfigKeys): ReadModel {
  return glm4MoeBy(keys, { attentionBias: true, prediction: 0, vocab: 151424, maxTokens: 65536 });
}

function glm4MoeBy(
  keys: ConfigKeys,
  standards: {
    readonly attentionBias: boolean;
    readonly prediction: number;
    readonly vocab: number;
    readonly maxTokens: number;
  },
): ReadModel {
  const own = heads(keys, { hidden: 4096, heads: 96, kvHeads: 8 });
  const norm = { kind: "norm", size: own.inputSize } as const;
  const headNorm = { kind: "norm", size: own.keySize } as const;
  const attention: Block = {
    kind: "attention",
    ...own,
    span: full,
    biases: biased(keys.flag("attention_bias", standards.attentionBias), false),
    ...(keys.flag("use_qk_norm", false) && { queryNorm: headNorm, keyNorm: headNorm }),
  };
  const standard = { nExperts: 128, perToken: 8, expertSize: 1408, nShared: 1 };
  const experts = sharedAndRouted(keys, own.inputSize, standard, { selectionBias: true });
  const dense = gated(own.inputSize, keys.whole("intermediate_size", 10944));
  const first = keys.whole("first_k_dense_replace", 1, 0);
  const count = keys.whole("num_hidden_layers", 46);
  const layers = stack(count, norm, attention, (i) => (i >= first ? experts : dense));
  const further = keys.whole(["num_nextn_predict_layers", "num_mtp_layers"], standards.prediction, 0);
  const prediction = predictionLayers(further, norm, [norm, attention, norm, experts]);
  keys.ignore("n_group", "topk_group");
  const { vocab, maxTokens } = standards;
  return decoder(keys, { norm, layers, prediction, vocab, maxTokens });
}
