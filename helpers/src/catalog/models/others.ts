/** Families of which few sizes are here: see `readCatalog`. */
export const others: string = `
xai-org | grok-1 | xai-org/grok-1, run.py and model.py (ffn_size: widening 8 x 2/3, decode with the input table)
  grok-1 |  | {}
databricks | dbrx | databricks/dbrx, model/config.json
  dbrx-base | dbrx | {"attn_config":{"kv_n_heads":8},"d_model":6144,"ffn_config":{"ffn_hidden_size":10752,"moe_num_experts":16,"moe_top_k":4},"max_seq_len":32768,"n_heads":48,"n_layers":40,"vocab_size":100352}
openbmb | minicpm | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#minicpm_2b_sft_bf16
  MiniCPM-2B-sft-bf16 | MiniCPM-2B | {"hidden_size":2304,"intermediate_size":5760,"max_position_embeddings":4096,"num_attention_heads":36,"num_hidden_layers":40,"vocab_size":122753}
openbmb | minicpm3 | a public copy of its config.json
  MiniCPM3-4B |  | {}
openbmb | minicpm | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  MiniCPM-MoE-8x2B |  | {"hidden_size":2304,"intermediate_size":5760,"max_position_embeddings":4096,"num_attention_heads":36,"num_hidden_layers":40,"vocab_size":122753,"num_experts":8}
XiaomiMiMo | mimo | ai-dynamo/aiconfigurator, model_configs/XiaomiMiMo--MiMo-7B-Base_config.json
  MiMo-7B-Base | MiMo-7B-RL, MiMo-7B | {"num_hidden_layers":36,"num_key_value_heads":8,"intermediate_size":11008,"vocab_size":151680,"num_nextn_predict_layers":1}
XiaomiMiMo | mimo_v2_flash | ai-dynamo/aiconfigurator, model_configs
  MiMo-V2-Flash |  | {"max_position_embeddings":262144}
state-spaces | mamba | public copies(print the state-spaces/mamba-2.8b-hf config)
  mamba-2.8b-hf | mamba-2.8b | {"hidden_size":2560,"num_hidden_layers":64}
CohereForAI | cohere | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#aya-23
  aya-23-8B | aya-expanse-8b | {"hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8}
internlm | internlm2 | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  internlm2-7b | internlm2-5-7b | {"bias":false,"intermediate_size":14336,"max_position_embeddings":32768,"num_key_value_heads":8,"vocab_size":92544}
internlm | internlm | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  internlm-7b |  | {"max_position_embeddings":2048}
OrionStarAI | orion | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  Orion-14B-Base | Orion-14B | {"hidden_size":5120,"intermediate_size":15360,"num_attention_heads":40,"num_hidden_layers":40}
baichuan-inc | baichuan | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  Baichuan2-7B-Base | Baichuan2-7B | {}
google-t5 | t5 | transformers 5.18.0 (PyPI), models/t5/configuration_t5.py defaults, checkpoint named there
  t5-small |  | {}
google | t5 | a public copy of its config.json
  t5-v1_1-large | flan-t5-large | {"tie_word_embeddings":false,"d_model":1024,"d_ff":2816,"num_layers":24,"num_heads":16,"feed_forward_proj":"gated-gelu"}
llava-hf | llava | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#llava
  llava-1.5-7b-hf | llava-1.5-7b | {"text_config":{"max_position_embeddings":4096,"vocab_size":32064}}
state-spaces | mamba2 | a public copy of its config.json
  mamba2-780m |  | {"hidden_size":1536,"num_hidden_layers":48,"num_heads":48,"n_groups":1,"vocab_size":50288,"tie_word_embeddings":true}
CohereForAI | cohere | a public list of Command-R's sizes
  c4ai-command-r-v01 | command-r, command-r-v01 | {}
  c4ai-command-r-08-2024 | command-r-08-2024 | {"intermediate_size":24576,"num_key_value_heads":8}
CohereForAI | cohere | a public copy of its config.json
  aya-expanse-32b |  | {"intermediate_size":24576,"num_key_value_heads":8}
ai21labs | jamba | a public copy of its config.json
  AI21-Jamba-1.5-Mini | Jamba-1.5-Mini | {}
mosaicml | mpt | a public copy of its config.json
  mpt-7b |  | {"d_model":4096,"n_heads":32,"n_layers":32,"vocab_size":50432}
01-ai | llama | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  Yi-6B |  | {"vocab_size":64000,"num_key_value_heads":4,"max_position_embeddings":4096}
  Yi-34B |  | {"vocab_size":64000,"hidden_size":7168,"intermediate_size":20480,"num_hidden_layers":60,"num_attention_heads":56,"num_key_value_heads":8,"max_position_embeddings":4096}
google-t5 | t5 | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  t5-base |  | {"d_model":768,"d_ff":3072,"num_layers":12,"num_heads":12}
  t5-large |  | {"d_model":1024,"d_ff":4096,"num_layers":24,"num_heads":16}
`;
