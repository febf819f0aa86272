/** Attention with grouped queries: as many key and value heads as query heads is plain multi-head attention. */
export interface GroupedAttention {
  readonly kind: "grouped";
  readonly nHeads: number;
  readonly nKvHeads: number;
  /** Width of one head. */
  readonly headSize: number;
  /** Tokens that a windowed layer looks back; left out, all layers see everything. */
  readonly window?: number;
  /** With a window: every how-manieth layer sees everything nevertheless (6 for Gemma 3). Default none. */
  readonly globalEvery?: number;
}

/** Multi-head latent attention of DeepSeek-V2 and V3: one compressed key-value vector a token. */
export interface LatentAttention {
  readonly kind: "latent";
  readonly nHeads: number;
  /** Rank of the query projection. */
  readonly queryRank: number;
  /** Rank of the shared key-value projection, cached. */
  readonly kvRank: number;
  /** Width of the rotary key, shared by all heads and cached. */
  readonly ropeSize: number;
  /** Width of the part of a head's query and key without rotation. */
  readonly nopeSize: number;
  /** Width of a head's value. */
  readonly valueSize: number;
}

/** Mixture of experts in place of the feed-forward. */
export interface ExpertLayers {
  readonly nExperts: number;
  /** Experts that each token is sent to. */
  readonly expertsPerToken: number;
  /** Inner width of one expert. */
  readonly expertSize: number;
  /** Inner width of the expert that every token passes, 0 where there is none. */
  readonly sharedSize?: number;
  /** First layers that keep a dense feed-forward. */
  readonly denseLayers?: number;
  /** Whether the router has a bias an expert, as the loss-free balancing of DeepSeek-V3 does. */
  readonly routerBias?: boolean;
}

/** Shape of a decoder-only transformer: everything that parameter, memory and FLOP counts depend on. */
export interface TransformerShape {
  readonly nLayers: number;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  readonly vocabSize: number;
  /** Whether the output head is the embedding matrix. */
  readonly tiedEmbeddings: boolean;
  readonly attention: GroupedAttention | LatentAttention;
  /** Inner width of the dense feed-forward. */
  readonly ffnSize: number;
  /** Three matrices (gated: SwiGLU, GeGLU) or two. */
  readonly gated: boolean;
  readonly experts?: ExpertLayers;
  /** Learned position embeddings, 0 for rotary ones. */
  readonly nPositions?: number;
}
