/** Mistral and Mixtral: see `readCatalog`. */
export const mistral: string = `
mistralai | mistral | Lightning-AI/litgpt, litgpt/config.py
  Mistral-7B-v0.1 | Mistral-7B-Instruct-v0.1 | {"max_position_embeddings":32768}
  Mistral-7B-v0.2 | Mistral-7B-Instruct-v0.2 | {"max_position_embeddings":32768,"sliding_window":null}
  Mistral-7B-v0.3 | Mistral-7B-Instruct-v0.3 | {"vocab_size":32768,"max_position_embeddings":32768,"sliding_window":null}
  Mathstral-7B-v0.1 |  | {"vocab_size":32768,"max_position_embeddings":32768,"sliding_window":null}
  Mistral-Large-Instruct-2407 | Mistral-Large-2, Mistral-Large-123B, Mistral-Large-Instruct-2411 | {"vocab_size":32768,"hidden_size":12288,"num_hidden_layers":88,"num_attention_heads":96,"intermediate_size":28672,"max_position_embeddings":32768,"sliding_window":null}
mistralai | mixtral | Lightning-AI/litgpt, litgpt/config.py
  Mixtral-8x7B-v0.1 | Mixtral-8x7B, Mixtral-8x7B-Instruct-v0.1 | {"max_position_embeddings":32768}
  Mixtral-8x22B-v0.1 | Mixtral-8x22B, Mixtral-8x22B-Instruct-v0.1 | {"vocab_size":32768,"hidden_size":6144,"num_hidden_layers":56,"num_attention_heads":48,"intermediate_size":16384,"max_position_embeddings":65536}
mistralai | mistral | a public copy of its config.json and a public copy of its config.json (MistralNeMoConfig12B)
  Mistral-Nemo-Instruct-2407 | Mistral-Nemo-12B, Mistral-Nemo, Mistral-Nemo-Base-2407 | {"hidden_size":5120,"head_dim":128,"max_position_embeddings":1024000,"num_hidden_layers":40,"sliding_window":null,"vocab_size":131072}
mistralai | mistral | TransformerLensOrg/TransformerLens, docs/source/_static/model_properties_table.jsonl
  Mistral-Small-24B-Base-2501 | Mistral-Small-24B, Mistral-Small-24B-Instruct-2501 | {"hidden_size":5120,"intermediate_size":32768,"num_hidden_layers":40,"head_dim":128,"vocab_size":131072,"sliding_window":null}
`;
