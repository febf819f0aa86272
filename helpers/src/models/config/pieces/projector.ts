import type { Block } from "../../blocks/Block.ts";
import type { Tensor } from "../../blocks/Tensor.ts";
import type { Tower } from "../../Model.ts";

/** What stands between a tower and the model that reads it. */
export function projector(tensors: readonly Tensor[], before: readonly Block[] = []): Tower {
  return {
    role: "projector",
    input: before,
    layers: [],
    output: [{ kind: "other", name: "projector", tensors }],
  };
}
