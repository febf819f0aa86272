import type { FamilyText } from "./PublishedModel.ts";

/** GPT-2, GPT-J, SantaCoder and gpt-oss. */
export const gpt: readonly FamilyText[] = [
  {
    vendor: "openai-community",
    modelType: "gpt2",
    source: "karpathy/nanoGPT, model.py",
    members: `
gpt2 | GPT-2-124M | {}
gpt2-medium | GPT-2-355M | {"n_layer":24,"n_head":16,"n_embd":1024}
gpt2-large | GPT-2-774M | {"n_layer":36,"n_head":20,"n_embd":1280}
gpt2-xl | GPT-2-1.5B | {"n_layer":48,"n_head":25,"n_embd":1600}
`,
  },
  {
    vendor: "EleutherAI",
    modelType: "gptj",
    source: "mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py",
    members: `
gpt-j-6b |  | {}
`,
  },
  {
    vendor: "bigcode",
    modelType: "gpt_bigcode",
    source: "mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py#gpt_bigcode",
    members: `
gpt_bigcode-santacoder | santacoder | {"n_embd":2048,"n_head":16,"n_layer":24,"n_positions":2048,"vocab_size":49280}
`,
  },
  {
    vendor: "openai",
    modelType: "gpt_oss",
    source: "ai-dynamo/aiconfigurator, model_configs",
    members: `
gpt-oss-20b |  | {"num_hidden_layers":24,"num_local_experts":32}
gpt-oss-120b |  | {}
`,
  },
];
