import type { Model } from "../../../models/Model.ts";

const known = new WeakMap<Model, number>();

/** Refuses more stages than layers, and more devices than heads. */
export function requireRoom(model: Model, tp: number, pp: number): void {
  const { layers } = model;
  if (pp > layers.length) throw new RangeError(`PP${pp} is more than the ${layers.length} layers`);
  let heads = known.get(model);
  if (heads === undefined) {
    heads = Math.max(
      ...layers.flatMap(({ blocks }) => blocks.map((block) => ("nHeads" in block ? (block.nHeads ?? 0) : 0))),
    );
    known.set(model, heads);
  }
  if (heads > 0 && tp > heads) throw new RangeError(`TP${tp} is more than the ${heads} heads`);
}
