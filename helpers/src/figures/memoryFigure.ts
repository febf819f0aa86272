import {
  type MemoryParts,
  memoryPartNames,
  type TrainingMemory,
} from "../cost/memory/training/MemoryParts.ts";
import { requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { Figure } from "./Figure.ts";
import type { BarTrace, ScatterTrace } from "./FigureParts.ts";
import { figureLayout } from "./figureLayout.ts";

const GB = 1e9;

/** How parts are named in the legend, and what their bars look like: no two alike without colour. */
const looks: Readonly<
  Record<keyof MemoryParts, readonly [string, string, BarTrace["marker"]["pattern"]["shape"], number?]>
> = {
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
};

/**
 * Memory of a training device by part, a stacked bar for each stage of the pipeline, beside the memory of the device
 * where that is given. Parts differ by pattern as well as colour; the table has every number.
 *
 * @param memory as `trainingMemory` gives it, bytes
 * @throws TypeError when there is no caption
 * @example
 * import { memoryFigure, modelShape, trainingMemory } from "isoflop";
 * const layout = { devices: 64, tensorParallel: 8, pipelineParallel: 4, globalBatch: 64 };
 * const memory = trainingMemory(modelShape("Llama-3-70B"), layout, { sequenceTokens: 8192 });
 * memoryFigure(memory, { caption: "The first stage holds most.", limitBytes: 80e9 }).table.rows.length; // => 4
 */
export function memoryFigure(
  memory: TrainingMemory,
  options: {
    /** The finding in one sentence. */
    readonly caption: string;
    /** Memory of the device, drawn as a line. */
    readonly limitBytes?: number;
  },
): Figure {
  requireOptions("memoryFigure", options, ["caption", "limitBytes"]);
  const { caption, limitBytes } = options;
  if (limitBytes !== undefined)
    requirePositive("limitBytes", limitBytes, "give the memory of a device, such as 80e9");
  const { stages } = memory;
  const parts = memoryPartNames.filter((part) => stages.some((stage) => stage[part] > 0));
  const bars = parts.map((part): BarTrace => {
    const [name, color, shape, size] = looks[part];
    return {
      type: "bar",
      name,
      x: stages.map(({ stage }) => stage),
      y: stages.map((stage) => stage[part] / GB),
      marker: {
        color,
        pattern: { shape, fgcolor: "#222222", bgcolor: color, ...(size && { size }) },
        line: { color: "#222222", width: 0.5 },
      },
      hovertemplate: `stage %{x}: %{y:.2f} GB ${name}<extra></extra>`,
    };
  });
  const limit: ScatterTrace[] =
    limitBytes === undefined
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: "memory of the device",
            x: [-0.5, stages.length - 0.5],
            y: [limitBytes / GB, limitBytes / GB],
            line: { color: "#000000", dash: "dash", width: 2 },
          },
        ];
  const highest = Math.max(memory.total, limitBytes ?? 0) / GB;
  const layout = figureLayout(
    { title: "stage of the pipeline", range: [-0.5, stages.length - 0.5] },
    { title: "memory of a device (GB)", range: [0, 1.05 * highest] },
  );
  const ticks = stages.length <= 16 ? { dtick: 1 } : {};
  return new Figure({
    data: [...bars, ...limit],
    layout: { ...layout, xaxis: { ...layout.xaxis, ...ticks }, barmode: "stack", bargap: 0.2 },
    caption,
    table: {
      columns: [
        "stage",
        "layers",
        "micro-batches in flight",
        ...parts.map((part) => `${looks[part][0]} (GB)`),
        "total (GB)",
      ],
      rows: stages.map((stage) => [
        stage.stage,
        stage.layers,
        stage.inFlight,
        ...parts.map((part) => stage[part] / GB),
        stage.total / GB,
      ]),
    },
  });
}
