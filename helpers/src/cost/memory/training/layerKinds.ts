import type { Block } from "../../../models/blocks/Block.ts";
import type { Layer, Model } from "../../../models/Model.ts";

/** The layers of a model by kind: which kinds there are, and how many of each come before a layer. */
export interface LayerKinds {
  readonly kinds: readonly Layer[];
  /** before[kind][i]: layers of that kind among the first i. */
  readonly before: readonly Int32Array[];
  /** Whether queries and keys are rotated: no table of positions says otherwise. */
  readonly rotates: boolean;
  /** Tables and norms before the layers, vision towers and projectors: what the first stage holds besides. */
  readonly first: readonly Block[];
  /** Norm and head: what the last stage holds besides. */
  readonly last: readonly Block[];
  readonly tiedHead: boolean;
}

const known = new WeakMap<Model, LayerKinds>();

/** Layers that share an object are of one kind, so that a stage of 20 layers alike is one product. */
export function layerKinds(model: Model): LayerKinds {
  let found = known.get(model);
  if (!found) {
    found = collect(model);
    known.set(model, found);
  }
  return found;
}

function collect(model: Model): LayerKinds {
  const kinds: Layer[] = [];
  const index = model.layers.map((layer) => {
    const at = kinds.indexOf(layer);
    return at >= 0 ? at : kinds.push(layer) - 1;
  });
  const before = kinds.map(() => new Int32Array(index.length + 1));
  index.forEach((kind, i) => {
    before.forEach((counts, j) => {
      counts[i + 1] = counts[i]! + (j === kind ? 1 : 0);
    });
  });
  const towers = model.towers.flatMap(({ input, layers, output }) => [
    ...input,
    ...layers.flatMap(({ blocks }) => blocks),
    ...output,
  ]);
  return {
    kinds,
    before,
    rotates: !model.input.some(({ kind }) => kind === "position-table"),
    first: [...model.input, ...towers],
    last: model.output,
    tiedHead: model.output.some((block) => block.kind === "head" && block.tied),
  };
}
