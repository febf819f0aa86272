/** What a law of this family predicts. */
export interface PowerLawOptions<R extends string = string> {
  /** Field of the runs that is predicted. Default: `loss`, in nats per token. */
  readonly response?: R;
}
