/** The MIME type by which an output asks the report for something that computes in the reader's browser. */
export const widgetMimeType = "application/vnd.isoflop.widget+json";

/** What the report needs to refit a law where it is read: plain JSON. */
export interface RefitWidget {
  readonly widget: "refit";
  /** One sentence that says what there is to find out. */
  readonly caption: string;
  /** The budget to start with, in FLOP. */
  readonly flops: number;
  /** Huber's threshold of the notebook's fit. */
  readonly delta: number;
  /** nParams, nTokens, loss in nats per token, and 1 for a run of the notebook's fit, 0 for one it leaves out. */
  readonly runs: readonly (readonly [nParams: number, nTokens: number, loss: number, used: 0 | 1])[];
}
