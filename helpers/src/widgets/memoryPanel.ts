import type { Layout } from "../cost/layout/Layout.ts";
import {
  memoryPartNames,
  type TrainingMemory,
  type TrainingMemoryOptions,
} from "../cost/memory/training/MemoryParts.ts";
import { memoryFits } from "../cost/memory/training/memoryFits.ts";
import { memoryPartLooks } from "../figures/memoryPartLooks.ts";
import { sideStyle } from "../format/columnSides.ts";
import { escapeHtml } from "../format/escapeHtml.ts";
import { formatBytes } from "../format/formatBytes.ts";
import { type Displayable, jupyterDisplay } from "../format/jupyterDisplay.ts";
import { textTable } from "../format/textTable.ts";
import type { Model } from "../models/Model.ts";
import { modelFromShape } from "../models/modelFromShape.ts";
import type { TransformerShape } from "../models/TransformerShape.ts";
import type { MemoryWidget } from "./MemoryWidget.ts";
import { packModel } from "./packModel.ts";
import { widgetMimeType } from "./RefitWidget.ts";

/** The memory of the layout that a reader starts from, and the panel. */
export interface MemoryPanel extends Displayable {
  readonly memory: TrainingMemory;
  readonly widget: MemoryWidget;
}

/**
 * A panel of the report in which the reader changes the layout of a training run (degrees, micro-batch, sharding,
 * recomputation, length of the sequences) and sees memory by part and stage, whether it fits, and the parts of the model
 * under the roof of the accelerator, by these same functions, in the browser. Elsewhere it shows the memory as a table.
 *
 * @throws RangeError on a layout that does not suit the model
 * @throws TypeError when there is no caption
 * @example
 * import { accelerators, memoryPanel, modelShape } from "isoflop";
 * const accelerator = accelerators["h100-sxm-80gb"];
 * const panel = memoryPanel(
 *   modelShape("Llama-3-70B"),
 *   { devices: 64, tensorParallel: 8, zeroStage: 3 },
 *   { sequenceTokens: 8192, accelerator, caption: "Which layouts fit?" },
 * );
 * panel.memory.stages.length; // => 1
 */
export function memoryPanel(
  shape: TransformerShape | Model,
  layout: Layout,
  options: TrainingMemoryOptions & {
    readonly accelerator: MemoryWidget["accelerator"];
    /** One sentence that says what there is to find out. */
    readonly caption: string;
  },
): MemoryPanel {
  const { accelerator, caption, ...rest } = options ?? {};
  if (typeof caption !== "string" || caption.trim() === "")
    throw new TypeError("a panel needs a caption that says what there is to find out");
  const model = modelFromShape(shape);
  const fit = memoryFits(model, layout, { ...rest, accelerator });
  const { name, memoryBytes, memoryBytesPerS, peakFlopsPerS } = accelerator;
  const widget: MemoryWidget = {
    widget: "memory",
    caption,
    model: packModel(model),
    layout,
    options: rest,
    accelerator: { name, memoryBytes, memoryBytesPerS, peakFlopsPerS },
  };
  const rows = [
    ...memoryPartNames
      .filter((part) => fit.memory[part] > 0)
      .map((part) => [memoryPartLooks[part][0], formatBytes(fit.memory[part])]),
    [memoryPartLooks.allocator[0], formatBytes(fit.needBytes - fit.memory.total)],
    [`total, stage ${fit.memory.worstStage}`, formatBytes(fit.needBytes)],
  ] as [string, string][];
  const cells = rows.map(
    ([row, value]) =>
      `<tr><th scope="row"${sideStyle("left")}>${escapeHtml(row)}</th><td${sideStyle("right")}>${escapeHtml(value)}</td></tr>`,
  );
  return Object.freeze({
    memory: fit.memory,
    widget,
    [jupyterDisplay]: () => ({
      [widgetMimeType]: widget,
      "text/html": `<figure role="group"><figcaption>${escapeHtml(caption)}</figcaption><table><caption>${escapeHtml(fit.says)}</caption><tbody>${cells.join("")}</tbody></table></figure>`,
      "text/plain": `${caption}\n${textTable(["", "bytes"], rows)}\n${fit.says}`,
    }),
  });
}
