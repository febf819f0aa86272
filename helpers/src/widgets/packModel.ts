import type { Model } from "../models/Model.ts";
import type { PackedModel } from "./MemoryWidget.ts";

/** A model for JSON, in which layers that share an object stand once. */
export function packModel({ layers, ...rest }: Model): PackedModel {
  const kinds = [...new Set(layers)];
  return { ...rest, kinds, order: layers.map((layer) => kinds.indexOf(layer)) };
}

/**
 * The model that was packed: layers alike share one object again.
 *
 * @example
 * import { memoryPanel, modelShape, unpackModel } from "isoflop";
 * import { accelerators } from "isoflop";
 * const options = { sequenceTokens: 8192, accelerator: accelerators["h100-sxm-80gb"], caption: "Which layout fits?" };
 * const { widget } = memoryPanel(modelShape("Llama-3-8B"), { devices: 8, zeroStage: 3 }, options);
 * unpackModel(widget.model).layers.length; // => 32
 */
export function unpackModel({ kinds, order, ...rest }: PackedModel): Model {
  return { ...rest, layers: order.map((kind) => kinds[kind]!) };
}
