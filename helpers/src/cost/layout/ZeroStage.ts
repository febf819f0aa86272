/** What ZeRO shards: 0 nothing, 1 optimiser states, 2 gradients too, 3 weights too. */
export type ZeroStage = 0 | 1 | 2 | 3;
