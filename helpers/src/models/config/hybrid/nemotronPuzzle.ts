import type { Block } from "../../blocks/Block.ts";
import { linear } from "../../blocks/Tensor.ts";
import { alike } from "../alike.ts";
import { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { full } from "../pieces/spans.ts";

/**
 * Llama-Nemotron models out of the Puzzle search: `block_configs` says of each layer how many query heads share a key
 * head, how wide its feed-forward is, and whether either is left out (with its norm) or replaced by one matrix.
 *
 * Source: Bercovich et al. 2024, Puzzle (arXiv 2411.19146), and the published configurations.
 */
export function nemotronPuzzle(keys: ConfigKeys): ReadModel {
  const width = keys.whole("hidden_size", 8192);
  const nHeads = keys.whole("num_attention_heads", 64);
  const keySize = keys.whole("head_dim", Math.floor(width / nHeads));
  const attentionBias = keys.flag("attention_bias", false);
  const mlpBias = keys.flag("mlp_bias", false);
  const norm = { kind: "norm", size: width } as const;
  const known = new Map<string, Block>();
  const kept = (key: string, make: () => Block): Block => {
    const block = known.get(key) ?? make();
    known.set(key, block);
    return block;
  };
  const matrix = (bias: boolean) =>
    kept(`matrix ${bias}`, () => ({
      kind: "other",
      name: "linear",
      tensors: linear("linear", width, width, "none", { bias }),
    }));

  function attend(part: ConfigKeys): Block[] {
    if (part.flag("no_op", false)) return [];
    if (part.flag("replace_with_linear", false)) return [norm, matrix(attentionBias)];
    const own = part.has("num_key_value_heads") ? part.whole("num_key_value_heads") : undefined;
    const shared = own === undefined ? part.whole("n_heads_in_group") : nHeads / own;
    if (!(nHeads % shared === 0)) {
      throw new RangeError(
        `${part.name("n_heads_in_group")} must divide the ${nHeads} heads, got ${shared}; fix the configuration`,
      );
    }
    const window = part.whole("window_length", 0, 0);
    const span = window > 0 ? ({ kind: "window", tokens: window } as const) : full;
    const block = kept(`attention ${shared} ${window}`, () => ({
      kind: "attention",
      inputSize: width,
      nHeads,
      nKvHeads: nHeads / shared,
      keySize,
      span,
      biases: biased(attentionBias),
    }));
    return [norm, block];
  }

  function feed(part: ConfigKeys): Block[] {
    if (part.flag("no_op", false)) return [];
    if (part.flag("replace_with_linear", false)) return [norm, matrix(mlpBias)];
    const size = part.has("intermediate_size")
      ? part.whole("intermediate_size")
      : scaledSize(part.number("ffn_mult"), width);
    return [norm, kept(`ffn ${size}`, () => gated(width, size, mlpBias))];
  }

  const given = keys.list("block_configs", (value, i) => new ConfigKeys(value, `block_configs[${i}]`));
  if (!given) {
    throw new RangeError("the configuration lacks block_configs; take it from the model's config.json");
  }
  const count = keys.whole("num_hidden_layers", given.length);
  if (count !== given.length) {
    throw new RangeError(`block_configs must describe the ${count} layers, got ${given.length}`);
  }
  keys.ignore("num_key_value_heads", "intermediate_size");
  const blocksOf = (block: ConfigKeys, key: string, read: (part: ConfigKeys) => Block[]) => {
    const part = block.part(key) ?? new ConfigKeys({}, block.name(key));
    const blocks = read(part);
    part.ignore("num_sink_tokens", "unshifted_sink", "use_prefill_window_in_sink_attention", "sparsify");
    part.ignore("n_heads_in_group", "ffn_mult", "window_length", "intermediate_size", "hidden_act", "gated");
    part.refuseUnread("nemotron-nas");
    return blocks;
  };
  const layers = alike(count, (i) => {
    const block = given[i]!;
    const blocks = [...blocksOf(block, "attention", attend), ...blocksOf(block, "ffn", feed)];
    block.refuseUnread("nemotron-nas");
    return blocks;
  });
  return decoder(keys, { norm, layers, vocab: 128256, maxTokens: 131072 });
}

/** Two thirds of `multiple` times the width, up to a multiple of 256. */
function scaledSize(multiple: number, width: number): number {
  return 256 * Math.ceil(Math.trunc((2 * multiple * width) / 3) / 256);
}
