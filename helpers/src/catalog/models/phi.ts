/** Phi 1.5 to 4: see `readCatalog`. */
export const phi: string = `
microsoft | phi | Lightning-AI/litgpt, litgpt/config.py
  phi-1_5 |  | {}
  phi-2 |  | {"hidden_size":2560,"num_hidden_layers":32,"intermediate_size":10240}
microsoft | phi3 | Lightning-AI/litgpt, litgpt/config.py
  Phi-3-mini-4k-instruct | Phi-3-mini, Phi-3-mini-4k | {}
  Phi-3-mini-128k-instruct | Phi-3-mini-128k | {"max_position_embeddings":131072}
  Phi-3.5-mini-instruct | Phi-3.5-mini | {}
  phi-4 | Phi-4-reasoning-plus, phi-4-14B | {"vocab_size":100352,"hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":40,"num_key_value_heads":10,"intermediate_size":17920,"max_position_embeddings":16384}
  Phi-4-mini-instruct | Phi-4-mini | {"vocab_size":200064,"num_attention_heads":24,"num_key_value_heads":8,"max_position_embeddings":131072,"tie_word_embeddings":true}
microsoft | phi | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  phi-1 |  | {}
microsoft | phi3 | a public copy of its config.json
  Phi-3-medium-4k-instruct | Phi-3-medium, Phi-3-medium-4k | {"hidden_size":5120,"intermediate_size":17920,"num_hidden_layers":40,"num_attention_heads":40,"num_key_value_heads":10,"sliding_window":2047}
`;
