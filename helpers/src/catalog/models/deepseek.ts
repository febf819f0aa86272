/** DeepSeek V2 to V3.2 and Kimi K2: see `readCatalog`. */
export const deepseek: string = `
deepseek-ai | deepseek_v3 | ai-dynamo/aiconfigurator, model_configs
  DeepSeek-V3 | DeepSeek-R1, DeepSeek-V3.1, DeepSeek-V3-671B, DeepSeek-V3.1-Terminus | {"max_position_embeddings":163840}
deepseek-ai | deepseek_v32 | ai-dynamo/aiconfigurator, model_configs
  DeepSeek-V3.2 | DeepSeek-V3.2-Exp | {}
deepseek-ai | deepseek_v2 | AI-Hypercomputer/maxtext, hf_model_configs.py#deepseek2_16b_dict
  DeepSeek-V2-Lite | DeepSeek-Coder-V2-Lite | {"first_k_dense_replace":1,"hidden_size":2048,"intermediate_size":10944,"max_position_embeddings":163840,"moe_intermediate_size":1408,"num_attention_heads":16,"num_experts_per_tok":6,"num_hidden_layers":27,"q_lora_rank":null}
moonshotai | kimi_k2 | ai-dynamo/aiconfigurator, model_configs
  Kimi-K2-Instruct | Kimi-K2, Kimi-K2-Thinking | {"first_k_dense_replace":1,"max_position_embeddings":131072,"n_routed_experts":384,"num_attention_heads":64,"num_nextn_predict_layers":0,"vocab_size":163840}
moonshotai | kimi_k25 | ai-dynamo/aiconfigurator, model_configs
  Kimi-K2.5 |  | {"text_config":{"first_k_dense_replace":1,"max_position_embeddings":262144,"n_routed_experts":384,"num_attention_heads":64,"num_nextn_predict_layers":0,"vocab_size":163840},"tie_word_embeddings":false}
nvidia | kimi_k25 | ai-dynamo/aiconfigurator, model_configs
  Kimi-K2.6 | Kimi-K2.6-NVFP4 | {"text_config":{"first_k_dense_replace":1,"max_position_embeddings":262144,"n_routed_experts":384,"num_attention_heads":64,"num_nextn_predict_layers":0,"vocab_size":163840},"tie_word_embeddings":false}
  Kimi-K2.7-Code | Kimi-K2.7-Code-NVFP4 | {"text_config":{"first_k_dense_replace":1,"max_position_embeddings":262144,"n_routed_experts":384,"num_attention_heads":64,"num_nextn_predict_layers":0,"vocab_size":163840},"tie_word_embeddings":false}
moonshotai | deepseek_v3 | THUDM/slime, scripts/models/moonlight.sh
  Moonlight-16B-A3B |  | {"hidden_size":2048,"intermediate_size":11264,"num_hidden_layers":27,"num_attention_heads":16,"vocab_size":163840,"q_lora_rank":null,"n_routed_experts":64,"n_shared_experts":2,"num_experts_per_tok":6,"first_k_dense_replace":1,"moe_intermediate_size":1408}
`;
