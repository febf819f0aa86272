/** ChatGLM and GLM: see `readCatalog`. */
export const glm: string = `
THUDM | chatglm | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#chatglm
  chatglm3-6b |  | {"add_qkv_bias":true,"multi_query_attention":true,"multi_query_group_num":2,"seq_length":8192}
zai-org | glm4_moe | public copies(test fixtures quoting the Hub config)
  GLM-4.7 |  | {"attention_bias":true,"head_dim":128,"hidden_size":5120,"intermediate_size":12288,"max_position_embeddings":202752,"moe_intermediate_size":1536,"n_routed_experts":160,"first_k_dense_replace":3,"num_hidden_layers":92,"use_qk_norm":true}
zai-org | glm_moe_dsa | ai-dynamo/aiconfigurator, model_configs
  GLM-5 |  | {"num_nextn_predict_layers":1}
  GLM-5.1 |  | {"num_nextn_predict_layers":1}
  GLM-5.2 |  | {"indexer_types":["full","full","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared","full","shared","shared","shared"],"max_position_embeddings":1048576,"num_nextn_predict_layers":1}
zai-org | glm4 | THUDM/slime, scripts/models/glm4-9B.sh
  GLM-4-9B-0414 | GLM-Z1-9B-0414 | {"max_position_embeddings":32768}
zai-org | glm4_moe | THUDM/slime, scripts/models/glm4.5-106B-A12B.sh
  GLM-4.5-Air |  | {"head_dim":128,"attention_bias":true}
zai-org | glm4_moe | THUDM/slime, scripts/models/glm4.5-355B-A32B.sh
  GLM-4.5 |  | {"hidden_size":5120,"intermediate_size":12288,"num_hidden_layers":92,"head_dim":128,"attention_bias":true,"use_qk_norm":true,"n_routed_experts":160,"first_k_dense_replace":3,"moe_intermediate_size":1536}
zai-org | glm_moe_dsa | teilomillet/kvfit, tests/fixtures/model_configs/zai-org--GLM-5.3.json
  GLM-5.3 |  | {"index_skip_topk_offset":3,"index_topk_freq":4,"max_position_embeddings":1048576,"num_nextn_predict_layers":1}
`;
