import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import type { Model } from "../../../models/Model.ts";
import { refusal, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import type { ServingLayout } from "../../engine/ServingLayout.ts";
import { divisorsOf, tensorDivides } from "../../layout/divisors.ts";
import { divisors } from "../../search/layoutsOf.ts";

/** Degrees that a search of serving layouts tries; what is left out has its default. */
export interface ServingLayoutChoices {
  /** Default every divisor of the devices of a node (or rack) that divides heads and widths. */
  readonly tensorParallel?: readonly number[];
  /** Default 1, and where an instance fills a node the divisors of the nodes there are. */
  readonly pipelineParallel?: readonly number[];
  /** Default 1, and of a mixture every divisor of the devices of a node. */
  readonly attentionDataParallel?: readonly number[];
  /** Default every divisor of tensorParallel · attentionDataParallel that divides the experts; 1 without experts. */
  readonly expertParallel?: readonly number[];
}

/** Devices of an instance. */
export function instanceDevices(layout: ServingLayout): number {
  return layout.tensorParallel * layout.pipelineParallel * layout.attentionDataParallel;
}

/**
 * Every layout of an instance on at most so many devices whose degrees divide the model: heads and widths by
 * tensorParallel (key-value heads are copied where they are fewer), whole experts by expertParallel, widths of experts by
 * expertTensorParallel = tensorParallel · attentionDataParallel / expertParallel.
 */
export function servingLayouts(
  model: Model,
  on: { readonly accelerator: CatalogAccelerator; readonly devices: number },
  choices: ServingLayoutChoices = {},
): ServingLayout[] {
  const counts = divisorsOf(model);
  const isMixture = counts.experts.length > 0;
  const node = on.accelerator.perDomain ?? on.accelerator.perNode ?? 8;
  // A rack of 72 is divided as evenly as eight are: both kinds of divisors are tried.
  const usual = [...new Set([...divisors(node), ...divisors(8)])].filter(
    (n) => n <= Math.min(node, on.devices),
  );
  usual.sort((a, b) => a - b);
  const layouts: ServingLayout[] = [];
  for (const tensorParallel of choices.tensorParallel ?? usual) {
    if (tensorParallel > on.devices || !tensorDivides(counts, tensorParallel)) continue;
    for (const attentionDataParallel of choices.attentionDataParallel ?? (isMixture ? usual : [1])) {
      const stage = tensorParallel * attentionDataParallel;
      if (stage > on.devices) continue;
      // Across nodes an instance goes in stages: what a layer exchanges stays where links are fast.
      const isBeyond = stage > node;
      if (isBeyond && !(choices.tensorParallel && choices.attentionDataParallel)) continue;
      const stages =
        choices.pipelineParallel ?? (stage === node ? divisors(Math.floor(on.devices / node)) : [1]);
      for (const pipelineParallel of stages) {
        if (pipelineParallel > model.layers.length || stage * pipelineParallel > on.devices) continue;
        for (const expertParallel of isMixture ? (choices.expertParallel ?? divisors(stage)) : [1]) {
          if (stage % expertParallel !== 0) continue;
          const expertTensorParallel = isMixture ? stage / expertParallel : tensorParallel;
          if (counts.experts.some((count) => count % expertParallel !== 0)) continue;
          if (counts.expertTensor.some(({ count }) => count % expertTensorParallel !== 0)) continue;
          layouts.push({
            tensorParallel,
            pipelineParallel,
            attentionDataParallel,
            expertParallel,
            expertTensorParallel,
          });
        }
      }
    }
  }
  return layouts;
}

/** Throws where a list of degrees is none, or holds what is no count. */
export function requireDegrees(name: string, degrees: readonly number[] | undefined): void {
  if (degrees === undefined) return;
  if (!Array.isArray(degrees) || degrees.length === 0) {
    throw refusal(name, "must be a list of one value or more", degrees, "such as [1, 2, 4]");
  }
  for (const degree of degrees) requireWhole(name, degree, 1, "give whole numbers of 1 or more");
  // Twice the same would be tied with itself.
  if (new Set(degrees).size < degrees.length) {
    throw refusal(name, "must not hold a value twice", degrees, "give each once");
  }
}
