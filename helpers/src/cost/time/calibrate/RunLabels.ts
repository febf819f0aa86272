/** By what a run may differ from others beyond its arithmetic; "" is not known, and like no other. */
export interface RunLabels {
  /** Software that trains. */
  readonly stack: string;
  readonly accelerator: string;
  readonly format: string;
  readonly model: string;
  /** Whether the model has routed experts. */
  readonly kind: "dense" | "experts";
  /** Version of the software, without its patch level. */
  readonly release: string;
  /** Degrees of parallelism and micro-batch; runs alike in this and all above are repetitions. */
  readonly layout: string;
  /** Whether layout and batch are known; where not, more is left open. */
  readonly stated: boolean;
}

/** Generation of an accelerator, by its name. */
export function generationOf(accelerator: string): string {
  const name = accelerator.toLowerCase();
  if (/v100/.test(name)) return "volta";
  if (/a100|a10/.test(name)) return "ampere";
  if (/[hg]?h[128]00|h20|h800|gh200/.test(name)) return "hopper";
  if (/b[23]00/.test(name)) return "blackwell";
  if (/tpu/.test(name)) return "tpu";
  return name;
}
