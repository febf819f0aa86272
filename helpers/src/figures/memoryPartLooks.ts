import type { MemoryParts } from "../cost/memory/training/MemoryParts.ts";
import type { BarTrace } from "./FigureParts.ts";

type Look = readonly [
  name: string,
  color: string,
  shape: BarTrace["marker"]["pattern"]["shape"],
  size?: number,
];

/** How parts are named in legends and tables, and what their bars look like: no two alike without colour. */
export const memoryPartLooks: Readonly<Record<keyof MemoryParts | "allocator", Look>> = {
  weights: ["weights", "#0072B2", ""],
  castWeights: ["weights, 16-bit copies", "#56B4E9", "/"],
  gradients: ["gradients", "#D55E00", "-"],
  gradientCopy: ["gradients, copy", "#E69F00", "\\"],
  weightCopy: ["weights, float32 copy", "#009E73", "x"],
  states: ["optimiser states", "#CC79A7", "|"],
  activations: ["activations", "#F0E442", "."],
  logits: ["logits and loss", "#BBBBBB", "+"],
  temporary: ["one layer backward", "#FFFFFF", "/", 14],
  communication: ["gathered and sent", "#FFFFFF", "x", 14],
  allocator: ["held by the allocator", "#FFFFFF", ".", 14],
};
