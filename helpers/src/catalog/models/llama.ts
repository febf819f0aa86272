/** Llama 1 to 4, OpenLLaMA and Code Llama: see `readCatalog`. */
export const llama: string = `
openlm-research | llama | Lightning-AI/litgpt, litgpt/config.py
  open_llama_3b |  | {"hidden_size":3200,"num_hidden_layers":26,"intermediate_size":8640}
  open_llama_7b |  | {}
  open_llama_13b |  | {"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"intermediate_size":13824}
meta-llama | llama | Lightning-AI/litgpt, litgpt/config.py
  Llama-2-7b-hf | Llama-2-7B | {"max_position_embeddings":4096}
  Llama-2-13b-hf | Llama-2-13B | {"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"intermediate_size":13824,"max_position_embeddings":4096}
  Llama-2-70b-hf | Llama-2-70B | {"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":4096}
  Llama-3-8B |  | {"vocab_size":128256,"num_key_value_heads":8,"intermediate_size":14336,"max_position_embeddings":8192}
  Llama-3-70B |  | {"vocab_size":128256,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":8192}
  Llama-3.1-8B | DeepSeek-R1-Distill-Llama-8B, Llama-Guard-3-8B | {"vocab_size":128256,"num_key_value_heads":8,"intermediate_size":14336,"max_position_embeddings":131072}
  Llama-3.1-70B | Llama-3.1-Nemotron-70B | {"vocab_size":128256,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":131072}
  Llama-3.3-70B-Instruct | Llama-3.3-70B, DeepSeek-R1-Distill-Llama-70B | {"vocab_size":128256,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":131072}
  Llama-3.1-405B |  | {"vocab_size":128256,"hidden_size":16384,"num_hidden_layers":126,"num_attention_heads":128,"num_key_value_heads":8,"intermediate_size":53248,"max_position_embeddings":131072}
  Llama-3.2-1B |  | {"vocab_size":128256,"hidden_size":2048,"num_hidden_layers":16,"num_key_value_heads":8,"intermediate_size":8192,"max_position_embeddings":131072,"tie_word_embeddings":true}
  Llama-3.2-3B |  | {"vocab_size":128256,"hidden_size":3072,"num_hidden_layers":28,"num_attention_heads":24,"num_key_value_heads":8,"intermediate_size":8192,"max_position_embeddings":131072,"tie_word_embeddings":true}
codellama | llama | Lightning-AI/litgpt, litgpt/config.py
  CodeLlama-7b-hf | CodeLlama-7b | {"vocab_size":32016,"max_position_embeddings":16384}
  CodeLlama-13b-hf | CodeLlama-13b | {"vocab_size":32016,"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"intermediate_size":13824,"max_position_embeddings":16384}
  CodeLlama-34b-hf | CodeLlama-34b | {"hidden_size":8192,"num_hidden_layers":48,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":22016,"max_position_embeddings":16384}
  CodeLlama-70b-hf | CodeLlama-70b | {"vocab_size":32016,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":16384}
  CodeLlama-7b-Python-hf | CodeLlama-7b-Python | {"max_position_embeddings":16384}
  CodeLlama-13b-Python-hf | CodeLlama-13b-Python | {"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"intermediate_size":13824,"max_position_embeddings":16384}
  CodeLlama-34b-Python-hf | CodeLlama-34b-Python | {"hidden_size":8192,"num_hidden_layers":48,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":22016,"max_position_embeddings":16384}
  CodeLlama-70b-Python-hf | CodeLlama-70b-Python | {"vocab_size":32016,"hidden_size":8192,"num_hidden_layers":80,"num_attention_heads":64,"num_key_value_heads":8,"intermediate_size":28672,"max_position_embeddings":16384}
huggyllama | llama | Lightning-AI/lit-llama, lit_llama/model.py
  llama-7b | LLaMA-1-7b | {}
  llama-13b | LLaMA-1-13b | {"hidden_size":5120,"intermediate_size":13824,"num_hidden_layers":40,"num_attention_heads":40}
  llama-30b | LLaMA-1-30b | {"hidden_size":6656,"intermediate_size":17920,"num_hidden_layers":60,"num_attention_heads":52}
  llama-65b | LLaMA-1-65b | {"hidden_size":8192,"intermediate_size":22016,"num_hidden_layers":80,"num_attention_heads":64}
meta-llama | llama4 | ai-dynamo/aiconfigurator, model_configs; vision_config: a public copy of its config.json
  Llama-4-Scout-17B-16E-Instruct | Llama-4-Scout | {"text_config":{"max_position_embeddings":10485760},"vision_config":{"hidden_size":1408,"image_size":336,"intermediate_size":5632,"num_hidden_layers":34,"patch_size":14,"projector_input_dim":4096,"projector_output_dim":4096,"vision_output_dim":4096}}
  Llama-4-Maverick-17B-128E-Instruct | Llama-4-Maverick | {"text_config":{"interleave_moe_layer_step":2,"max_position_embeddings":1048576,"num_local_experts":128},"vision_config":{"hidden_size":1408,"image_size":336,"intermediate_size":5632,"num_hidden_layers":34,"patch_size":14,"projector_input_dim":4096,"projector_output_dim":4096,"vision_output_dim":4096}}
`;
