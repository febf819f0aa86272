/**
 * How one instance of an engine is laid out over devices. It has tensorParallel · pipelineParallel ·
 * attentionDataParallel devices; of a mixture, expertParallel · expertTensorParallel = tensorParallel ·
 * attentionDataParallel.
 */
export interface ServingLayout {
  /** Devices over which the heads and dense matrices of a layer are split. */
  readonly tensorParallel: number;
  /** Stages of layers one after the other. */
  readonly pipelineParallel: number;
  /** Groups of devices that each attend for requests of their own, and share the experts. */
  readonly attentionDataParallel: number;
  /** Groups of devices over which whole experts are dealt out. */
  readonly expertParallel: number;
  /** Devices over which each expert is split. */
  readonly expertTensorParallel: number;
}
