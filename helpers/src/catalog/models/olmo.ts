/** OLMo 1 to 3: see `readCatalog`. */
export const olmo: string = `
allenai | olmo | Lightning-AI/litgpt, litgpt/config.py
  OLMo-1B-hf | OLMo-1B | {"hidden_size":2048,"num_hidden_layers":16,"num_attention_heads":16,"intermediate_size":8192,"tie_word_embeddings":true}
  OLMo-7B-hf | OLMo-7B | {}
allenai | olmo2 | Lightning-AI/litgpt, litgpt/config.py
  OLMo-2-1124-7B | OLMo-2-7B | {"vocab_size":100352,"max_position_embeddings":4096}
  OLMo-2-1124-13B | OLMo-2-13B | {"vocab_size":100352,"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"intermediate_size":13824,"max_position_embeddings":4096}
allenai | olmo3 | AI-Hypercomputer/maxtext, hf_model_configs.py
  Olmo-3-1025-7B | OLMo-3-7B, Olmo-3-7B-Instruct | {"vocab_size":100278,"max_position_embeddings":8192}
  Olmo-3.1-32B | OLMo-3-32B, Olmo-3-1125-32B | {"hidden_size":5120,"num_hidden_layers":64,"num_attention_heads":40,"num_key_value_heads":8,"intermediate_size":27648,"vocab_size":100278,"max_position_embeddings":8192}
allenai | olmo2 | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#olmo2_32b
  OLMo-2-0325-32B | OLMo-2-32B | {"hidden_size":5120,"intermediate_size":27648,"max_position_embeddings":4096,"num_attention_heads":40,"num_hidden_layers":64,"num_key_value_heads":8,"vocab_size":100352}
allenai | olmoe | NVIDIA-NeMo/Megatron-Bridge, olmoe_provider.py
  OLMoE-1B-7B-0924 | OLMoE-1B-7B | {"intermediate_size":1024}
allenai | olmo2 | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  OLMo-2-0425-1B | OLMo-2-1B | {"vocab_size":100352,"hidden_size":2048,"intermediate_size":8192,"num_hidden_layers":16,"num_attention_heads":16,"max_position_embeddings":4096}
`;
