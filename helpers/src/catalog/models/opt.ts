/** OPT and BLOOM: see `readCatalog`. */
export const opt: string = `
facebook | opt | FMInference/FlexLLMGen, flexllmgen/opt_config.py
  opt-125m |  | {}
  opt-1.3b |  | {"hidden_size":2048,"ffn_dim":8192,"num_hidden_layers":24,"num_attention_heads":32}
  opt-2.7b |  | {"hidden_size":2560,"ffn_dim":10240,"num_hidden_layers":32,"num_attention_heads":32}
  opt-6.7b |  | {"hidden_size":4096,"ffn_dim":16384,"num_hidden_layers":32,"num_attention_heads":32}
  opt-13b |  | {"hidden_size":5120,"ffn_dim":20480,"num_hidden_layers":40,"num_attention_heads":40}
  opt-30b |  | {"hidden_size":7168,"ffn_dim":28672,"num_hidden_layers":48,"num_attention_heads":56}
  opt-66b |  | {"hidden_size":9216,"ffn_dim":36864,"num_hidden_layers":64,"num_attention_heads":72}
  opt-175b |  | {"hidden_size":12288,"ffn_dim":49152,"num_hidden_layers":96,"num_attention_heads":96}
bigscience | bloom | a public copy of its config.json
  bloom | bloom-176b, bloomz | {"hidden_size":14336,"n_layer":70,"n_head":112}
bigscience | bloom | PaddlePaddle/PaddleNLP, paddlenlp/transformers/bloom/configuration.py
  bloom-560m | bloomz-560m | {"hidden_size":1024,"n_layer":24,"n_head":16}
bigscience | bloom | cli99/llm-analysis, llm_analysis/model_configs
  bloom-7b1 | bloomz-7b1 | {"hidden_size":4096,"n_layer":30,"n_head":32}
bigscience | bloom | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  bloom-1b1 | bloomz-1b1 | {"hidden_size":1536,"n_layer":24,"n_head":16}
  bloom-1b7 | bloomz-1b7 | {"hidden_size":2048,"n_layer":24,"n_head":16}
  bloom-3b | bloomz-3b | {"hidden_size":2560,"n_layer":30,"n_head":32}
facebook | opt | cli99/llm-analysis, llm_analysis/model_configs/facebook_opt-350m.json; width of the table and norms behind: a public copy of its config.json
  opt-350m |  | {"hidden_size":1024,"ffn_dim":4096,"num_hidden_layers":24,"num_attention_heads":16,"word_embed_proj_dim":512,"do_layer_norm_before":false}
`;
