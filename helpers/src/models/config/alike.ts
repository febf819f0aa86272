import type { Block } from "../blocks/Block.ts";
import type { Layer } from "../Model.ts";

/** `count` layers, of which those with the same blocks are one object, so that what follows is worked out once. */
export function alike(count: number, blocksOf: (index: number) => readonly Block[]): Layer[] {
  const layers: Layer[] = [];
  for (let i = 0; i < count; i++) {
    const blocks = blocksOf(i);
    const twin = layers.find(
      (layer) =>
        layer.blocks.length === blocks.length && layer.blocks.every((block, j) => block === blocks[j]),
    );
    layers.push(twin ?? { blocks });
  }
  return layers;
}
