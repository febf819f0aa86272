import { blockTensors } from "../../models/blocks/Block.ts";
import type { Layer } from "../../models/Model.ts";
import { refusal } from "../../numerics/arguments/requireNumber.ts";

/** A weight matrix of a layer, as adapters see it. */
export interface LayerMatrix {
  /** "query", "down", "expert-up", ... */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** How many alike the layer has: experts. */
  readonly copies: number;
}

/** Matrices of the blocks of a layer, the router apart: it is named on purpose or not adapted. */
export function layerMatrices(layer: Layer): LayerMatrix[] {
  const found: LayerMatrix[] = [];
  for (const block of layer.blocks) {
    for (const { name, shape, role, copies = 1 } of blockTensors(block)) {
      if (role !== "matrix") continue;
      found.push({ name: name.replace(/\.weight$/, ""), outputs: shape[0]!, inputs: shape[1]!, copies });
    }
  }
  return found;
}

/**
 * The matrices of each layer that `targets` names, by default all but routers.
 *
 * @throws RangeError on a name that no layer has
 */
export function targetMatrices(
  layers: readonly Layer[],
  targets: readonly string[] | undefined,
): LayerMatrix[][] {
  const all = layers.map(layerMatrices);
  if (targets === undefined) {
    return all.map((matrices) => matrices.filter(({ name }) => name !== "router"));
  }
  const names = new Set(all.flat().map(({ name }) => name));
  const unknown = targets.find((target) => !names.has(target));
  if (unknown !== undefined || targets.length === 0) {
    const wayOut = "or leave targets out for all of them";
    throw refusal("targets", `must be among ${[...names].join(", ")}`, unknown ?? "none", wayOut);
  }
  return all.map((matrices) => matrices.filter(({ name }) => targets.includes(name)));
}
