import {
  memoryPartNames,
  type StageMemory,
  type TrainingMemory,
} from "../cost/memory/training/MemoryParts.ts";
import { requireAtLeast, requirePositive } from "../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import { Figure } from "./Figure.ts";
import type { BarTrace, ScatterTrace } from "./FigureParts.ts";
import { figureLayout } from "./figureLayout.ts";
import { memoryPartLooks } from "./memoryPartLooks.ts";

const GB = 1e9;

/**
 * Memory of a training device by part, a stacked bar for each stage of the pipeline, beside the memory of the device
 * where that is given. Parts differ by pattern as well as colour; the table has every number. A run whose bar ends below the
 * line may still not fit unless `allocatorFactor` is drawn, too.
 *
 * @param memory as `trainingMemory` gives it, bytes
 * @throws TypeError when there is no caption, or no memory of a training run
 * @throws RangeError on a limit that is not > 0, or a factor below 1
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
    /** What the allocator holds over what is allocated, drawn on top: 1.142 where `memoryFits` asks. Default 1, nothing. */
    readonly allocatorFactor?: number;
  },
): Figure {
  requireOptions("memoryFigure", options, ["caption", "limitBytes", "allocatorFactor"]);
  const { caption, limitBytes, allocatorFactor = 1 } = options;
  if (!Array.isArray(memory?.stages)) {
    throw new TypeError(`memoryFigure draws what trainingMemory gives, got ${typeof memory} without stages`);
  }
  requireAtLeast("allocatorFactor", allocatorFactor, 1, "1 where nothing is lost to the allocator");
  if (limitBytes !== undefined)
    requirePositive("limitBytes", limitBytes, "give the memory of a device, such as 80e9");
  const { stages } = memory;
  const bytesOf = (stage: StageMemory, part: keyof typeof memoryPartLooks) =>
    part === "allocator" ? stage.total * (allocatorFactor - 1) : stage[part];
  const parts = ([...memoryPartNames, "allocator"] as const).filter((part) =>
    stages.some((stage) => bytesOf(stage, part) > 0),
  );
  const bars = parts.map((part): BarTrace => {
    const [name, color, shape, size] = memoryPartLooks[part];
    return {
      type: "bar",
      name,
      x: stages.map(({ stage }) => stage),
      y: stages.map((stage) => bytesOf(stage, part) / GB),
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
  const highest = Math.max(memory.total * allocatorFactor, limitBytes ?? 0) / GB;
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
        "total (GB)",
        "layers",
        "micro-batches in flight",
        ...parts.map((part) => `${memoryPartLooks[part][0]} (GB)`),
      ],
      rows: stages.map((stage) => [
        stage.stage,
        (stage.total * allocatorFactor) / GB,
        stage.layers,
        stage.inFlight,
        ...parts.map((part) => bytesOf(stage, part) / GB),
      ]),
    },
  });
}
