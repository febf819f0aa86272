/** GPT-2, GPT-J, SantaCoder and gpt-oss: see `readCatalog`. */
export const gpt: string = `
openai-community | gpt2 | karpathy/nanoGPT, model.py
  gpt2 | GPT-2-124M | {}
  gpt2-medium | GPT-2-355M | {"n_layer":24,"n_head":16,"n_embd":1024}
  gpt2-large | GPT-2-774M | {"n_layer":36,"n_head":20,"n_embd":1280}
  gpt2-xl | GPT-2-1.5B | {"n_layer":48,"n_head":25,"n_embd":1600}
EleutherAI | gptj | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py
  gpt-j-6b |  | {}
bigcode | gpt_bigcode | mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#gpt_bigcode
  gpt_bigcode-santacoder | santacoder | {"n_embd":2048,"n_head":16,"n_layer":24,"n_positions":2048,"vocab_size":49280}
openai | gpt_oss | ai-dynamo/aiconfigurator, model_configs
  gpt-oss-20b |  | {"num_hidden_layers":24,"num_local_experts":32}
  gpt-oss-120b |  | {}
`;
