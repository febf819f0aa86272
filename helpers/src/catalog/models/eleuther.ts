/** Pythia and GPT-NeoX: see `readCatalog`. */
export const eleuther: string = `
EleutherAI | gpt_neox | Lightning-AI/litgpt, litgpt/config.py
  pythia-14m | pythia-14m-deduped | {"vocab_size":50304,"hidden_size":128,"num_hidden_layers":6,"num_attention_heads":4,"intermediate_size":512,"max_position_embeddings":512}
  pythia-31m | pythia-31m-deduped | {"vocab_size":50304,"hidden_size":256,"num_hidden_layers":6,"num_attention_heads":8,"intermediate_size":1024,"max_position_embeddings":1024}
  pythia-70m | pythia-70m-deduped | {"vocab_size":50304,"hidden_size":512,"num_hidden_layers":6,"num_attention_heads":8,"intermediate_size":2048}
  pythia-160m | pythia-160m-deduped | {"vocab_size":50304,"hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072}
  pythia-410m | pythia-410m-deduped | {"vocab_size":50304,"hidden_size":1024,"num_hidden_layers":24,"num_attention_heads":16,"intermediate_size":4096}
  pythia-1b | pythia-1b-deduped | {"vocab_size":50304,"hidden_size":2048,"num_hidden_layers":16,"num_attention_heads":8,"intermediate_size":8192}
  pythia-1.4b | pythia-1.4b-deduped | {"vocab_size":50304,"hidden_size":2048,"num_hidden_layers":24,"num_attention_heads":16,"intermediate_size":8192}
  pythia-2.8b | pythia-2.8b-deduped | {"vocab_size":50304,"hidden_size":2560,"num_hidden_layers":32,"num_attention_heads":32,"intermediate_size":10240}
  pythia-6.9b | pythia-6.9b-deduped | {"hidden_size":4096,"num_hidden_layers":32,"num_attention_heads":32,"intermediate_size":16384}
  pythia-12b | pythia-12b-deduped | {"vocab_size":50688,"hidden_size":5120,"num_hidden_layers":36,"num_attention_heads":40,"intermediate_size":20480}
EleutherAI | gpt_neox | EleutherAI/gpt-neox, configs/20B.yml; vocab_size and intermediate_size transformers 5.18.0 (PyPI):models/gpt_neox/configuration_gpt_neox.py
  gpt-neox-20b |  | {}
EleutherAI | gpt_neo | cli99/llm-analysis, llm_analysis/model_configs
  gpt-neo-125m |  | {"num_layers":12,"num_heads":12,"hidden_size":768,"attention_types":[[["global","local"],6]]}
  gpt-neo-1.3B |  | {}
  gpt-neo-2.7B |  | {"num_layers":32,"num_heads":20,"hidden_size":2560,"attention_types":[[["global","local"],16]]}
`;
