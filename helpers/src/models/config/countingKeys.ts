/** Keys whose name says that they fix how many values there are. */
const countsByName =
  /(sizes?|dims?|ranks?|heads?|layers?|experts?|width|channels|groups|kernel|bias|conv|vocab|hidden|inner|intermediate|tie|tying|untie|shared?|norm|layernorm|states?|expand|expansion|buckets|ratio|multipliers?|blocks?|moe|mlp|ffn|gate|gated|lora|latent)(_|$)|^(num|n)_|_(num|n)$|multi_query/;

/** Keys that look so and fix no count, in any family: how values are computed, run, sampled or stored. */
const harmless = new RegExp(
  [
    "eps(ilon)?|drop|token_id|(^|_)init(ializer)?(_|$)|std|theta|scal(e|ing|ar)|(?<!expansion_)factor|coef|activation|_act$",
    "(embedding|residual|attention|attention_(in|out)|logits?|head|key|mlp|ssm|ssm_(in|out))_multipliers?$|norm_min$|rope|rotary|alibi|position",
    "max_window_layers|sliding_window|window_size|chunk_size|sink_size|seq_len|length|mup_",
    "pretraining_tp|tensor_parallel|parallel_size|^(ep|tp|pp)_size|world_size|batch_size|dtype|fp32|use_cache|cache_size|n_ctx",
    "^(use_)?rms_?norm$|parallel_block|norm_topk_prob|layer_norm_type|norm_type|normalize|apply_residual|parallel_residual|share_factor",
    "softcapping|logits_to_keep|output_hidden_states|output_attentions|gradient|fus(ed|ion)|skip_bias|offset",
    "num_beams?|beam_groups|num_return|ngram_size|num_labels|num_image_tokens|^top_k|prefix|quantization|group_size|^generation",
    "tie_encoder_decoder|tie_weights|vocab_size_multiple|org_vocab_size|dim_model_base|rescale|_loss|summary_",
    "tokenizer|cross_attention_hidden|flash|unk_token|vision_feature|jitter|no_split|compression_config|js_config|init_config|task_specific",
    // How an engine runs it, how it was trained, and which experts stand in a group of the choice.
    "block_size|cache_config|act_fn$|pool_size|key_value_groups|^(n|topk)_group$|type_vocab_size|lora_alpha",
    "^(n|num)_(gpus?|workers|processes|(train_)?epochs)$",
  ].join("|"),
);

/** Names that different families give to the same count. */
const synonyms: readonly (readonly string[])[] = [
  ["hidden_size", "n_embd", "n_embed", "d_model", "model_dim", "embed_dim", "embedding_size"],
  ["num_hidden_layers", "n_layer", "n_layers", "num_layers"],
  ["num_attention_heads", "n_head", "n_heads", "num_heads", "attention_heads"],
  ["num_key_value_heads", "num_kv_heads", "n_head_kv", "n_kv_heads", "kv_n_heads", "multi_query_group_num"],
  ["intermediate_size", "ffn_dim", "n_inner", "ffn_hidden_size", "d_ff", "inner_hidden_size", "inner_dim"],
  ["vocab_size", "padded_vocab_size", "n_vocab"],
  ["head_dim", "attention_head_dim", "kv_channels", "head_size", "d_head"],
  ["attention_bias", "qkv_bias", "use_qkv_bias", "add_qkv_bias"],
];

/** Whether a key that nothing asked for may change how many values there are: by its name, and by what it holds. */
export function fixesCount(key: string, value: unknown): boolean {
  // What is switched off or empty adds nothing, and a text is a name.
  if (value === undefined || value === null || value === false || value === 0) return false;
  if (typeof value === "string" || (typeof value === "object" && Object.keys(value).length === 0))
    return false;
  // "Every layer" is what a layer is anyway.
  if (key === "moe_layer_freq" && value === 1) return false;
  // A part of its own, such as vision_config, is a model within the model.
  const isPart = /_(config|cfg)$/.test(key) && typeof value === "object";
  return (countsByName.test(key) || isPart) && !harmless.test(key);
}

/** Whether a key says under another name what was read: a second copy of a width. */
export function copiesReadKey(
  key: string,
  json: Readonly<Record<string, unknown>>,
  read: ReadonlySet<string>,
): boolean {
  const alike = synonyms.find((names) => names.includes(key));
  return alike?.some((name) => read.has(name) && json[name] === json[key]) ?? false;
}
