/** MiniMax M1 to M2.7: see `readCatalog`. */
export const minimax: string = `
MiniMaxAI | minimax_m2 | ai-dynamo/aiconfigurator, model_configs
  MiniMax-M2.5 |  | {}
  MiniMax-M2.7 |  | {"max_position_embeddings":204800}
MiniMaxAI | minimax_m1 | public copies(print the config in full)
  MiniMax-M1-80k | MiniMax-M1-40k, MiniMax-M1, MiniMax-Text-01 | {"attn_type_list":[0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,1],"head_dim":128,"hidden_size":6144,"intermediate_size":9216,"max_position_embeddings":10240000,"num_attention_heads":64,"num_hidden_layers":80,"num_local_experts":32,"vocab_size":200064}
MiniMaxAI | minimax_m2 | a public copy of its config.json
  MiniMax-M2 |  | {}
`;
