/** Gemma 1 to 3: see `readCatalog`. */
export const gemma: string = `
google | gemma | Lightning-AI/litgpt, litgpt/config.py
  gemma-2b |  | {"hidden_size":2048,"num_hidden_layers":18,"num_attention_heads":8,"num_key_value_heads":1,"intermediate_size":16384}
  gemma-7b | codegemma-7b | {}
google | gemma2 | Lightning-AI/litgpt, litgpt/config.py
  gemma-2-2b |  | {}
  gemma-2-9b |  | {"hidden_size":3584,"num_hidden_layers":42,"num_attention_heads":16,"num_key_value_heads":8,"intermediate_size":14336}
  gemma-2-27b |  | {"hidden_size":4608,"num_hidden_layers":46,"num_attention_heads":32,"num_key_value_heads":16,"head_dim":128,"intermediate_size":36864}
google | gemma3_text | Lightning-AI/litgpt, litgpt/config.py
  gemma-3-1b-it | gemma-3-1b | {"vocab_size":262144,"hidden_size":1152,"num_attention_heads":4,"num_key_value_heads":1,"intermediate_size":6912,"sliding_window":512}
google | gemma3 | AI-Hypercomputer/maxtext, hf_model_configs.py; 262208 rows and 131072 tokens: TransformerLensOrg/TransformerLens, model_properties_table.jsonl, and Lightning-AI/litgpt, litgpt/config.py
  gemma-3-4b-it | gemma-3-4b | {"text_config":{"hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024},"vision_config":{"hidden_size":1152,"image_size":896,"intermediate_size":4304,"num_attention_heads":16,"num_hidden_layers":27,"patch_size":14,"vision_use_head":false}}
  gemma-3-12b-it | gemma-3-12b | {"text_config":{"hidden_size":3840,"intermediate_size":15360,"num_attention_heads":16,"num_hidden_layers":48,"num_key_value_heads":8,"sliding_window":1024},"vision_config":{"hidden_size":1152,"image_size":896,"intermediate_size":4304,"num_attention_heads":16,"num_hidden_layers":27,"patch_size":14,"vision_use_head":false}}
  gemma-3-27b-it | gemma-3-27b | {"text_config":{"head_dim":128,"hidden_size":5376,"intermediate_size":21504,"num_attention_heads":32,"num_hidden_layers":62,"num_key_value_heads":16,"sliding_window":1024},"vision_config":{"hidden_size":1152,"image_size":896,"intermediate_size":4304,"num_attention_heads":16,"num_hidden_layers":27,"patch_size":14,"vision_use_head":false}}
google | gemma3_text | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  gemma-3-270m |  | {"vocab_size":262144,"hidden_size":640,"intermediate_size":2048,"num_hidden_layers":18,"num_attention_heads":4,"num_key_value_heads":1,"sliding_window":512}
`;
