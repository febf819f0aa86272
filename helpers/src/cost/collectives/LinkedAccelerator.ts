import type { AcceleratorLink } from "../../catalog/accelerators/Accelerator.ts";

/** What collectives depend on; a data sheet of `accelerators` has it. */
export interface LinkedAccelerator {
  readonly name: string;
  readonly nodeLink?: AcceleratorLink;
  readonly network?: AcceleratorLink;
  /** Accelerators of a node; default 8. */
  readonly perNode?: number;
  /** Accelerators that `nodeLink` joins where it goes beyond a node. */
  readonly perDomain?: number;
}
