import type { FamilyText } from "./PublishedModel.ts";

/** MiniMax M1 to M2.7. */
export const minimax: readonly FamilyText[] = [
  {
    vendor: "MiniMaxAI",
    modelType: "minimax_m2",
    source: "ai-dynamo/aiconfigurator, model_configs",
    members: `
MiniMax-M2.5 |  | {}
MiniMax-M2.7 |  | {"max_position_embeddings":204800}
`,
  },
  {
    vendor: "MiniMaxAI",
    modelType: "minimax_m1",
    source: "public copies(print the config in full)",
    members: `
MiniMax-M1-80k | MiniMax-M1-40k, MiniMax-M1, MiniMax-Text-01 | {"attn_type_list":[0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1],"head_dim":128,"hidden_size":6144,"intermediate_size":9216,"max_position_embeddings":10240000,"num_attention_heads":64,"num_hidden_layers":80,"num_local_experts":32,"vocab_size":200064}
`,
  },
];
