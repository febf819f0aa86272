/** Falcon 1 to 3: see `readCatalog`. */
export const falcon: string = `
tiiuae | falcon | Lightning-AI/litgpt, litgpt/config.py
  falcon-7b |  | {}
  falcon-40b |  | {"hidden_size":8192,"num_hidden_layers":60,"num_attention_heads":128,"num_kv_heads":8,"new_decoder_architecture":true}
  falcon-180B |  | {"hidden_size":14848,"num_hidden_layers":80,"num_attention_heads":232,"num_kv_heads":8,"new_decoder_architecture":true}
tiiuae | llama | Lightning-AI/litgpt, litgpt/config.py
  Falcon3-1B-Base | Falcon3-1B | {"vocab_size":131072,"hidden_size":2048,"num_hidden_layers":18,"num_attention_heads":8,"num_key_value_heads":4,"intermediate_size":8192,"max_position_embeddings":4096}
  Falcon3-3B-Base | Falcon3-3B | {"vocab_size":131072,"hidden_size":3072,"num_hidden_layers":22,"num_attention_heads":12,"num_key_value_heads":4,"intermediate_size":9216,"max_position_embeddings":32768}
  Falcon3-7B-Base | Falcon3-7B | {"vocab_size":131072,"hidden_size":3072,"num_hidden_layers":28,"num_attention_heads":12,"num_key_value_heads":4,"intermediate_size":23040,"max_position_embeddings":32768}
  Falcon3-10B-Base | Falcon3-10B | {"vocab_size":131072,"hidden_size":3072,"num_hidden_layers":40,"num_attention_heads":12,"num_key_value_heads":4,"intermediate_size":23040,"max_position_embeddings":32768}
`;
