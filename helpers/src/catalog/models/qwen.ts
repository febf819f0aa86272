/** Qwen 1 to 3.6: see `readCatalog`. */
export const qwen: string = `
Qwen | qwen2 | Lightning-AI/litgpt, litgpt/config.py
  Qwen2.5-0.5B | Qwen2.5-Coder-0.5B | {"hidden_size":896,"num_hidden_layers":24,"num_attention_heads":14,"num_key_value_heads":2,"intermediate_size":4864,"tie_word_embeddings":true}
  Qwen2.5-1.5B | Qwen2.5-Coder-1.5B, Qwen2.5-Math-1.5B | {"hidden_size":1536,"num_hidden_layers":28,"num_attention_heads":12,"num_key_value_heads":2,"intermediate_size":8960,"max_position_embeddings":131072,"tie_word_embeddings":true}
  Qwen2.5-3B | Qwen2.5-Coder-3B | {"hidden_size":2048,"num_hidden_layers":36,"num_attention_heads":16,"num_key_value_heads":2,"intermediate_size":11008,"tie_word_embeddings":true}
  Qwen2.5-7B | Qwen2.5-Coder-7B, Qwen2.5-Math-7B, Qwen2.5-7B-Instruct-1M | {"vocab_size":152064,"hidden_size":3584,"num_hidden_layers":28,"num_attention_heads":28,"num_key_value_heads":4,"intermediate_size":18944,"max_position_embeddings":131072}
  Qwen2.5-14B | Qwen2.5-Coder-14B, Qwen2.5-14B-Instruct-1M | {"vocab_size":152064,"hidden_size":5120,"num_hidden_layers":48,"num_attention_heads":40,"num_key_value_heads":8,"intermediate_size":13824,"max_position_embeddings":131072}
  Qwen2.5-32B | QwQ-32B, DeepSeek-R1-Distill-Qwen-32B, Qwen2.5-Coder-32B | {"vocab_size":152064,"hidden_size":5120,"num_hidden_layers":64,"num_attention_heads":40,"num_key_value_heads":8,"intermediate_size":27648,"max_position_embeddings":131072}
  Qwen2.5-72B | Qwen2.5-Math-72B | {"vocab_size":152064,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":29568,"max_position_embeddings":131072}
Qwen | qwen3 | Lightning-AI/litgpt, litgpt/config.py
  Qwen3-0.6B |  | {"hidden_size":1024,"num_hidden_layers":28,"num_attention_heads":16,"num_key_value_heads":8,"intermediate_size":3072,"max_position_embeddings":40960,"tie_word_embeddings":true}
  Qwen3-1.7B |  | {"hidden_size":2048,"num_hidden_layers":28,"num_attention_heads":16,"num_key_value_heads":8,"intermediate_size":6144,"max_position_embeddings":40960,"tie_word_embeddings":true}
  Qwen3-4B |  | {"hidden_size":2560,"num_hidden_layers":36,"num_key_value_heads":8,"intermediate_size":9728,"max_position_embeddings":40960,"tie_word_embeddings":true}
  Qwen3-8B |  | {"num_hidden_layers":36,"num_key_value_heads":8,"intermediate_size":12288,"max_position_embeddings":40960}
  Qwen3-14B |  | {"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"num_key_value_heads":8,"intermediate_size":17408,"max_position_embeddings":40960}
  Qwen3-32B |  | {"hidden_size":5120,"num_hidden_layers":64,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":25600,"max_position_embeddings":40960}
Qwen | qwen3_moe | Lightning-AI/litgpt, litgpt/config.py
  Qwen3-30B-A3B |  | {"num_hidden_layers":48,"head_dim":128,"max_position_embeddings":40960}
  Qwen3-235B-A22B |  | {"hidden_size":4096,"num_hidden_layers":94,"num_attention_heads":64,"head_dim":128,"max_position_embeddings":40960,"moe_intermediate_size":1536}
Qwen | qwen3_next | AI-Hypercomputer/maxtext, hf_model_configs.py
  Qwen3-Next-80B-A3B |  | {"max_position_embeddings":262144}
Qwen | qwen2 | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  Qwen2-0.5B |  | {"hidden_size":896,"intermediate_size":4864,"num_attention_heads":14,"num_hidden_layers":24,"num_key_value_heads":2,"tie_word_embeddings":true}
  Qwen2-1.5B |  | {"hidden_size":1536,"intermediate_size":8960,"num_attention_heads":12,"num_hidden_layers":28,"num_key_value_heads":2,"tie_word_embeddings":true}
  Qwen2-7B |  | {"hidden_size":3584,"intermediate_size":18944,"num_attention_heads":28,"num_hidden_layers":28,"num_key_value_heads":4,"vocab_size":152064}
Qwen | qwen2 | NVIDIA/NeMo, nemo/collections/llm/gpt/model/qwen2.py
  Qwen2-72B |  | {"vocab_size":152064,"hidden_size":8192,"intermediate_size":29568,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8}
Qwen | qwen | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  Qwen-1_8B |  | {"hidden_size":2048,"intermediate_size":11008,"num_attention_heads":16,"num_hidden_layers":24}
Qwen | qwen2_moe | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#qwen2moe
  Qwen1.5-MoE-A2.7B |  | {}
Qwen | qwen3_moe | ai-dynamo/aiconfigurator, model_configs
  Qwen3-Coder-480B-A35B-Instruct |  | {"head_dim":128,"hidden_size":6144,"max_position_embeddings":262144,"moe_intermediate_size":2560,"num_attention_heads":96,"num_experts":160,"num_hidden_layers":62,"num_key_value_heads":8}
Qwen | qwen3_vl | ai-dynamo/aiconfigurator, model_configs
  Qwen3-VL-2B-Instruct |  | {"text_config":{"hidden_size":2048,"intermediate_size":6144,"max_position_embeddings":262144,"num_attention_heads":16,"num_hidden_layers":28,"num_key_value_heads":8},"tie_word_embeddings":true,"vision_config":{"depth":24,"hidden_size":1024,"intermediate_size":4096,"out_hidden_size":2048}}
  Qwen3-VL-8B-Instruct |  | {"text_config":{"intermediate_size":12288,"max_position_embeddings":262144,"num_hidden_layers":36,"num_key_value_heads":8},"vision_config":{"out_hidden_size":4096}}
  Qwen3-VL-32B-Instruct |  | {"text_config":{"hidden_size":5120,"intermediate_size":25600,"max_position_embeddings":262144,"num_attention_heads":64,"num_hidden_layers":64,"num_key_value_heads":8},"vision_config":{"out_hidden_size":5120}}
  Qwen3-VL-4B-Instruct |  | {"text_config":{"hidden_size":2560,"intermediate_size":9728,"max_position_embeddings":262144,"num_hidden_layers":36,"num_key_value_heads":8},"tie_word_embeddings":true,"vision_config":{"depth":24,"hidden_size":1024,"intermediate_size":4096,"out_hidden_size":2560}}
Qwen | qwen3_vl_moe | ai-dynamo/aiconfigurator, model_configs
  Qwen3-VL-30B-A3B-Instruct |  | {"text_config":{"head_dim":128,"max_position_embeddings":262144,"moe_intermediate_size":768,"num_attention_heads":32,"num_experts":128,"num_experts_per_tok":8,"num_hidden_layers":48,"num_key_value_heads":4},"vision_config":{"out_hidden_size":2048}}
  Qwen3-VL-235B-A22B-Instruct |  | {"text_config":{"head_dim":128,"hidden_size":4096,"max_position_embeddings":262144,"moe_intermediate_size":1536,"num_attention_heads":64,"num_experts":128,"num_experts_per_tok":8,"num_hidden_layers":94,"num_key_value_heads":4},"vision_config":{"out_hidden_size":4096}}
Qwen | qwen3_5_moe | ai-dynamo/aiconfigurator, model_configs
  Qwen3.5-35B-A3B |  | {"text_config":{"max_position_embeddings":262144,"mtp_num_hidden_layers":1},"vision_config":{"out_hidden_size":2048}}
  Qwen3.5-397B-A17B |  | {"text_config":{"hidden_size":4096,"linear_num_value_heads":64,"max_position_embeddings":262144,"moe_intermediate_size":1024,"mtp_num_hidden_layers":1,"num_attention_heads":32,"num_experts":512,"num_experts_per_tok":10,"num_hidden_layers":60,"shared_expert_intermediate_size":1024},"vision_config":{"out_hidden_size":4096}}
  Qwen3.5-122B-A10B |  | {"text_config":{"hidden_size":3072,"linear_num_value_heads":64,"max_position_embeddings":262144,"moe_intermediate_size":1024,"mtp_num_hidden_layers":1,"num_attention_heads":32,"num_hidden_layers":48,"shared_expert_intermediate_size":1024},"vision_config":{"out_hidden_size":3072}}
Qwen | qwen3_5 | ai-dynamo/aiconfigurator, model_configs
  Qwen3.5-27B |  | {"text_config":{"hidden_size":5120,"intermediate_size":17408,"linear_num_value_heads":48,"max_position_embeddings":262144,"mtp_num_hidden_layers":1,"num_attention_heads":24,"num_hidden_layers":64},"vision_config":{"out_hidden_size":5120}}
nvidia | qwen3_5 | ai-dynamo/aiconfigurator, model_configs
  Qwen3.6-27B | Qwen3.6-27B-NVFP4 | {"text_config":{"hidden_size":5120,"intermediate_size":17408,"linear_num_value_heads":48,"max_position_embeddings":262144,"mtp_num_hidden_layers":1,"num_attention_heads":24,"num_hidden_layers":64},"vision_config":{"out_hidden_size":5120}}
nvidia | qwen3_5_moe | ai-dynamo/aiconfigurator, model_configs
  Qwen3.6-35B-A3B | Qwen3.6-35B-A3B-NVFP4 | {"text_config":{"max_position_embeddings":262144,"mtp_num_hidden_layers":1},"vision_config":{"out_hidden_size":2048}}
Qwen | qwen2 | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  Qwen1.5-4B |  | {"hidden_size":2560,"intermediate_size":6912,"num_hidden_layers":40,"num_attention_heads":20,"num_key_value_heads":20}
  Qwen1.5-7B |  | {"intermediate_size":11008}
  Qwen1.5-14B |  | {"hidden_size":5120,"intermediate_size":13696,"num_hidden_layers":40,"num_attention_heads":40,"num_key_value_heads":40,"vocab_size":152064}
Qwen | qwen | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl (which names the width of one matrix, half of intermediate_size)
  Qwen-7B |  | {}
  Qwen-14B |  | {"hidden_size":5120,"intermediate_size":27392,"num_hidden_layers":40,"num_attention_heads":40,"vocab_size":152064}
`;
