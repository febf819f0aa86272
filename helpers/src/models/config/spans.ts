import { describeGiven } from "../../numerics/arguments/describeGiven.ts";
import type { AttentionSpan } from "../blocks/Attention.ts";
import type { ConfigKeys } from "./ConfigKeys.ts";

const full: AttentionSpan = { kind: "full" };

/**
 * How far each layer looks back: as `layer_types` says where it is given, otherwise by the family's rule.
 *
 * @param window tokens of a windowed layer; undefined, all layers see everything
 * @param isWindowed the family's rule, by the number of the layer
 * @throws RangeError where layer_types names another number of layers, or a kind that is no attention
 */
export function readSpans(
  keys: ConfigKeys,
  nLayers: number,
  window: number | undefined,
  isWindowed: (layer: number) => boolean = () => true,
): AttentionSpan[] {
  const near: AttentionSpan = window === undefined ? full : { kind: "window", tokens: window };
  const types = readLayerTypes(keys, nLayers);
  if (!types) return Array.from({ length: nLayers }, (_, i) => (isWindowed(i) ? near : full));
  return types.map((type) => {
    if (type === "full_attention") return full;
    if (type === "sliding_attention") return near;
    throw new RangeError(
      `${keys.name("layer_types")} of this family must be "full_attention" or "sliding_attention", got ${describeGiven(type)}`,
    );
  });
}

/**
 * The kinds of the layers that a configuration lists; undefined where it does not.
 *
 * @throws RangeError where it lists another number than it has layers
 */
export function readLayerTypes(keys: ConfigKeys, nLayers: number): string[] | undefined {
  const types = keys.list("layer_types", (type) => {
    if (typeof type === "string") return type;
    throw new TypeError(`${keys.name("layer_types")} must hold texts, got ${describeGiven(type)}`);
  });
  if (types && types.length !== nLayers) {
    throw new RangeError(
      `${keys.name("layer_types")} must name ${nLayers} layers, got ${types.length}; fix the configuration`,
    );
  }
  return types;
}
