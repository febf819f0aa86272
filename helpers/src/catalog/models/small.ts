/** Small models: TinyLlama, SmolLM, StableLM, StarCoder 2, OpenELM: see `readCatalog`. */
export const small: string = `
TinyLlama | llama | Lightning-AI/litgpt, litgpt/config.py
  TinyLlama-1.1B-Chat-v1.0 | TinyLlama-1.1B, TinyLlama-1.1B-intermediate-step-1431k-3T | {"hidden_size":2048,"num_hidden_layers":22,"num_key_value_heads":4,"intermediate_size":5632}
HuggingFaceTB | llama | Lightning-AI/litgpt, litgpt/config.py
  SmolLM2-135M |  | {"vocab_size":49152,"hidden_size":576,"num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"intermediate_size":1536,"max_position_embeddings":8192,"tie_word_embeddings":true}
  SmolLM2-360M |  | {"vocab_size":49152,"hidden_size":960,"num_attention_heads":15,"num_key_value_heads":5,"intermediate_size":2560,"max_position_embeddings":8192,"tie_word_embeddings":true}
  SmolLM2-1.7B |  | {"vocab_size":49152,"hidden_size":2048,"num_hidden_layers":24,"intermediate_size":8192,"max_position_embeddings":8192,"tie_word_embeddings":true}
stabilityai | stablelm | Lightning-AI/litgpt, litgpt/config.py
  stablelm-3b-4e1t | stablelm-zephyr-3b, stable-code-3b | {}
stabilityai | gpt_neox | Lightning-AI/litgpt, litgpt/config.py
  stablelm-base-alpha-3b |  | {"vocab_size":50688,"hidden_size":4096,"num_hidden_layers":16,"num_attention_heads":32,"intermediate_size":16384,"max_position_embeddings":4096}
  stablelm-base-alpha-7b |  | {"num_hidden_layers":16,"num_attention_heads":48,"max_position_embeddings":4096}
bigcode | starcoder2 | NVIDIA/NeMo, nemo/collections/llm/gpt/model/starcoder2.py; window: mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  starcoder2-3b |  | {"max_position_embeddings":16384,"sliding_window":4096}
  starcoder2-7b |  | {"hidden_size":4608,"intermediate_size":18432,"num_hidden_layers":32,"num_attention_heads":36,"num_key_value_heads":4,"max_position_embeddings":16384,"sliding_window":4096}
bigcode | starcoder2 | NVIDIA/NeMo, nemo/collections/llm/gpt/model/starcoder2.py; untied by the 15,957,889,024 of its weight files
  starcoder2-15b |  | {"hidden_size":6144,"intermediate_size":24576,"num_hidden_layers":40,"num_attention_heads":48,"num_key_value_heads":4,"max_position_embeddings":16384,"sliding_window":4096,"tie_word_embeddings":false}
HuggingFaceTB | llama | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  SmolLM-135M |  | {"hidden_size":576,"intermediate_size":1536,"num_attention_heads":9,"num_hidden_layers":30,"num_key_value_heads":3,"tie_word_embeddings":true,"vocab_size":49152}
  SmolLM-360M |  | {"hidden_size":960,"intermediate_size":2560,"num_attention_heads":15,"num_key_value_heads":5,"tie_word_embeddings":true,"vocab_size":49152}
  SmolLM-1.7B |  | {"hidden_size":2048,"intermediate_size":8192,"num_hidden_layers":24,"tie_word_embeddings":true,"vocab_size":49152}
HuggingFaceTB | smollm3 | transformers 5.18.0 (PyPI), models/smollm3/configuration_smollm3.py defaults, checkpoint named there; a public copy of its config.json
  SmolLM3-3B |  | {"max_position_embeddings":65536}
stabilityai | stablelm | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  stablelm-2-zephyr-1_6b | stablelm-2-1_6b | {"hidden_size":2048,"intermediate_size":5632,"num_hidden_layers":24,"use_qkv_bias":true,"vocab_size":100352}
apple | openelm | apple/corenet, projects/openelm
  OpenELM-270M |  | {"num_transformer_layers":16,"model_dim":1280,"head_dim":64,"num_gqa_groups":4,"normalize_qk_projections":true,"share_input_output_layers":true,"ffn_multipliers":[0.5,4],"qkv_multipliers":[0.5,1]}
  OpenELM-450M |  | {"num_transformer_layers":20,"model_dim":1536,"head_dim":64,"num_gqa_groups":4,"normalize_qk_projections":true,"share_input_output_layers":true,"ffn_multipliers":[0.5,4],"qkv_multipliers":[0.5,1]}
  OpenELM-1_1B |  | {"num_transformer_layers":28,"head_dim":64,"num_gqa_groups":4,"normalize_qk_projections":true,"share_input_output_layers":true,"ffn_multipliers":[0.5,4],"qkv_multipliers":[0.5,1]}
  OpenELM-3B |  | {"num_transformer_layers":36,"model_dim":3072,"num_gqa_groups":4,"normalize_qk_projections":true,"share_input_output_layers":true,"ffn_multipliers":[0.5,4],"qkv_multipliers":[0.5,1]}
`;
