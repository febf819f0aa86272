import { describeGiven } from "../../../numerics/arguments/describeGiven.ts";
import type { Block } from "../../blocks/Block.ts";
import type { ConfigKeys } from "../ConfigKeys.ts";
import type { ReadModel } from "../ConfigReader.ts";
import { biased } from "../pieces/biased.ts";
import { decoder } from "../pieces/decoder.ts";
import { gated } from "../pieces/gated.ts";
import { heads } from "../pieces/heads.ts";
import { windowed } from "../pieces/spans.ts";
import { stack } from "../pieces/stack.ts";

/** RecurrentGemma: two gated recurrences, then attention with a window; its feed-forward is half of what is given. */
export function recurrentGemma(keys: ConfigKeys): ReadModel {
  const own = heads(keys, { hidden: 2560, heads: 10 });
  const width = own.inputSize;
  const norm: Block = { kind: "norm", size: width };
  const attention: Block = {
    kind: "attention",
    ...own,
    span: windowed(keys, "attention_window_size", 2048),
    biases: biased(keys.flag("attention_bias", false), true),
  };
  const recurrence: Block = {
    kind: "gated-recurrence",
    inputSize: width,
    innerSize: keys.whole("lru_width", width),
    nHeads: own.nHeads,
    convTokens: keys.whole("conv1d_width", 4),
  };
  const cycle = keys.list("block_types", (value, i) => {
    if (value === "recurrent" || value === "attention") return value;
    throw new RangeError(`block_types[${i}] must be recurrent or attention, got ${describeGiven(value)}`);
  }) ?? ["recurrent", "recurrent", "attention"];
  const inner = gated(width, Math.floor(keys.whole("intermediate_size", 7680) / 2), true);
  const count = keys.whole("num_hidden_layers", 26);
  keys.ignore("sliding_window", "logits_soft_cap", "final_w_init_variance_scale");
  const layers = stack(
    count,
    norm,
    (i) => (cycle[i % cycle.length] === "attention" ? attention : recurrence),
    inner,
  );
  return decoder(keys, { norm, layers, vocab: 256000, maxTokens: 8192, tied: true });
}
