/** How the cache of a prompt gets from an instance that prefills to one that decodes. */
export interface CacheTransfer {
  /** Bytes of the cache of one token. */
  readonly bytesPerToken: number;
  readonly bytesPerS: number;
  /** Seconds that every transfer takes besides. Default 0. */
  readonly latencyS?: number;
}
