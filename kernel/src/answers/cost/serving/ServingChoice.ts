/** How a machine that serves is chosen, as the command line says it. */
export interface ServingChoice {
  readonly accelerator: string;
  readonly tp?: number;
  readonly pp?: number;
  readonly dp?: number;
  readonly ep?: number;
  readonly instances?: number;
  /** Layouts of prefill and decode, such as "2xtp4:tp8". */
  readonly split?: string;
  readonly concurrency?: number;
  readonly batch?: number;
  readonly rate?: number;
  readonly offline?: boolean;
  readonly prompt: number;
  readonly output: number;
  readonly precision?: string;
  readonly engine?: string;
  /** Whether drafts are checked several tokens a step; undefined where it is not known. */
  readonly speculative?: boolean;
  /** Tokens drafted a step, and the chance that one is accepted. */
  readonly draft?: { readonly tokens: number; readonly acceptance: number };
  /** Share of a prompt's tokens that need not be computed. */
  readonly prefixHits?: number;
  /** Tokens of a step at most. */
  readonly chunk?: number;
  readonly weights?: number;
  readonly activations?: number;
  readonly kv?: number;
}
