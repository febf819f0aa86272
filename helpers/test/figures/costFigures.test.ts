import {
  accelerators,
  type BarTrace,
  type Figure,
  jupyterDisplay,
  memoryFigure,
  modelBlocks,
  modelNamed,
  modelRoofline,
  modelShape,
  type RoofRates,
  rooflineFigure,
  trainingMemory,
} from "isoflop";
import { describe, expect, test } from "vitest";

const accelerator = accelerators["h100-sxm-80gb"];
const memory = trainingMemory(
  modelShape("Llama-3-70B"),
  { devices: 64, tensorParallel: 4, pipelineParallel: 4, globalBatch: 64, zeroStage: 1 },
  { sequenceTokens: 8192 },
);
const svgOf = (figure: Figure) => figure[jupyterDisplay]()["image/svg+xml"] as string;
const bars = (figure: Figure) => figure.data.filter((trace): trace is BarTrace => trace.type === "bar");

describe("the figure of memory by part", () => {
  const figure = memoryFigure(memory, { caption: "The first stage holds most.", limitBytes: 80e9 });

  test("stacks the parts of each stage up to its total", () => {
    const stacked = memory.stages.map((_, i) => bars(figure).reduce((sum, { y }) => sum + y[i]!, 0));
    memory.stages.forEach(({ total }, i) => {
      expect(stacked[i]! * 1e9).toBeCloseTo(total, -2);
    });
    expect(figure.layout.barmode).toBe("stack");
  });

  test("tells parts apart without colour: no two have the same strokes as far apart", () => {
    const strokes = bars(figure).map(({ marker }) => `${marker.pattern.shape} ${marker.pattern.size ?? 8}`);
    expect(strokes.length).toBeGreaterThan(6);
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  test("has a table of every number, and a line for the memory of the device", () => {
    const { columns, rows } = figure.table;
    expect(rows).toHaveLength(4);
    expect(columns[1]).toBe("total (GB)");
    for (const row of rows) {
      const parts = row.slice(4) as number[];
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(row[1] as number, 6);
    }
    expect(figure.data.at(-1)).toMatchObject({ name: "memory of the device", y: [80, 80] });
  });

  test("draws what the allocator holds, so that a bar passes the line where the run does not fit", () => {
    const options = { caption: "c", limitBytes: 80e9, allocatorFactor: 1.142 };
    const held = memoryFigure(memory, options);
    expect(bars(held).at(-1)!.name).toBe("held by the allocator");
    const first = bars(held).reduce((sum, { y }) => sum + y[0]!, 0);
    expect(first * 1e9).toBeCloseTo(1.142 * memory.stages[0]!.total, -2);
    expect(held.table.rows[0]![1]).toBeCloseTo(first, 9);
    expect(() => memoryFigure(memory, { caption: "c", allocatorFactor: 0.9 })).toThrow(
      "allocatorFactor must be >= 1",
    );
    expect(() => memoryFigure({} as typeof memory, { caption: "c" })).toThrow("what trainingMemory gives");
  });

  test("labels whole stages in the static picture, however few there are", () => {
    const one = trainingMemory(modelShape("Llama-3-8B"), { devices: 8 }, { sequenceTokens: 4096 });
    const svg = svgOf(memoryFigure(one, { caption: "c" }));
    const labels = [...svg.matchAll(/text-anchor="middle">([^<]*)</g)].map(([, label]) => label);
    expect(labels).toContain("0");
    expect(labels.filter((label) => /\./.test(label!))).toEqual([]);
  });

  test("has a static picture whose bars stand on one another", () => {
    const svg = svgOf(figure);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const boxes = [
      ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="#/g),
    ];
    const piles = new Map<string, [number, number][]>();
    for (const [, x, y, width, height] of boxes) {
      if (width === "26.0") continue;
      piles.set(x!, [...(piles.get(x!) ?? []), [Number(y), Number(height)]]);
    }
    expect(piles.size).toBe(4);
    for (const pile of piles.values()) {
      for (let i = 1; i < pile.length; i++) {
        expect(pile[i]![0] + pile[i]![1]).toBeCloseTo(pile[i - 1]![0], 0);
      }
    }
  });

  test("refuses a caption that says nothing, and memory that is none", () => {
    expect(() => memoryFigure(memory, { caption: " " })).toThrow("needs a caption");
    expect(() => memoryFigure(memory, { caption: "c", limitBytes: -1 })).toThrow(
      "limitBytes must be a number > 0",
    );
  });
});

describe("the roofline", () => {
  const at = (newTokens: number, batchSize = 1, cached = 0) =>
    modelRoofline(modelShape("Llama-3-8B"), accelerator, { newTokens, batchSize, cached });

  test("has every part on the roof: the lesser of the peak and what bandwidth allows", () => {
    for (const { intensity, flopsPerS, bound, flops, bytes, seconds } of [...at(1, 1, 4096), ...at(8192)]) {
      expect(flopsPerS).toBe(Math.min(989e12, intensity * 3.35e12));
      expect(intensity).toBe(flops / bytes);
      expect(bound).toBe(intensity < 989e12 / 3.35e12 ? "memory" : "compute");
      expect(seconds).toBeCloseTo(Math.max(flops / 989e12, bytes / 3.35e12), 12);
    }
  });

  test("decoding waits for memory and long prompts for products", () => {
    expect(at(1, 1, 4096).every(({ bound }) => bound === "memory")).toBe(true);
    const prompt = at(8192);
    expect(
      prompt.filter(({ part }) => part !== "attention scores").every(({ bound }) => bound === "compute"),
    ).toBe(true);
  });

  test("one sequence decodes 1 FLOP a byte of 16-bit weights, a batch nearly as many as it has sequences", () => {
    const matrices = (batch: number) =>
      at(1, batch, 4096).find(({ part }) => part === "feed-forward")!.intensity;
    expect(matrices(1)).toBeCloseTo(1, 2);
    expect(matrices(64)).toBeGreaterThan(60);
    expect(matrices(64)).toBeLessThan(64);
  });

  test("of a window only what its last tokens hold is read, so that a longer past changes nothing", () => {
    const scores = (cached: number) =>
      modelRoofline(modelShape("Mistral-7B-v0.1"), accelerator, { newTokens: 1, cached }).find(
        ({ part }) => part === "attention scores",
      )!;
    const [near, far] = [scores(4096), scores(131071)];
    expect(far).toEqual(near);
    // 4 query heads a key-value head, 2 FLOPs a value of 2 bytes, less queries and outputs.
    expect(far.intensity).toBeCloseTo(4, 1);
  });

  test("a recurrence reads and writes its state in every step", () => {
    const model = modelNamed("Qwen3.5-27B");
    const step = modelRoofline(model, accelerator, { newTokens: 1, cached: 4096 });
    const recurrence = step.find(({ part }) => part === "recurrence")!;
    const states = [...modelBlocks(model)].reduce(
      (sum, block) =>
        sum + (block.kind === "linear-attention" ? block.nValueHeads * block.keySize * block.valueSize : 0),
      0,
    );
    expect(states).toBeGreaterThan(0);
    expect(recurrence.bytes).toBeGreaterThan(2 * 2 * states);
    expect(recurrence.intensity).toBeLessThan(7 / 4);
    expect(recurrence.bound).toBe("memory");
  });

  test.each([
    [undefined, "accelerator.memoryBytesPerS must be a number > 0, got undefined"],
    [{ name: "x", peakFlopsPerS: { 16: 1e15 } }, "accelerator.memoryBytesPerS must be a number > 0"],
    [{ name: "x", memoryBytesPerS: 1e12 }, "accelerator.peakFlopsPerS must have FLOP/s by bits"],
  ])("an accelerator %j is refused: %s", (one, message) => {
    const rates = one as unknown as RoofRates;
    const shape = modelShape("Llama-3-8B");
    expect(() => modelRoofline(shape, rates, { newTokens: 1 })).toThrow(message);
    expect(() => rooflineFigure(rates, at(1, 1, 64), { caption: "c" })).toThrow(message);
  });

  test("training triples the work and leaves the intensity", () => {
    const shape = modelShape("Mixtral-8x7B");
    const forward = modelRoofline(shape, accelerator, { newTokens: 4096 });
    const training = modelRoofline(shape, accelerator, { newTokens: 4096, phase: "training" });
    training.forEach((point, i) => {
      expect(point.flops).toBe(3 * forward[i]!.flops);
      expect(point.intensity).toBeCloseTo(forward[i]!.intensity, 9);
    });
    expect(forward.map(({ part }) => part)).toEqual([
      "attention matrices",
      "attention scores",
      "experts",
      "head",
    ]);
  });

  test("draws the roof with its ridge, and a marker for the parts at each place", () => {
    const points = at(1, 8, 4096);
    const figure = rooflineFigure(accelerator, points, { caption: "Decoding waits for memory." });
    expect(figure.data.slice(1).map(({ name }) => name)).toEqual([
      "attention matrices, feed-forward, head",
      "attention scores",
    ]);
    const roof = figure.data[0]!;
    if (roof.type !== "scatter") throw new Error("the roof is a line");
    expect(roof.x[1]).toBeCloseTo(989e12 / 3.35e12, 9);
    expect(figure.layout.xaxis.type).toBe("log");
    expect(figure.layout.yaxis.type).toBe("log");
    expect(figure.table.rows).toHaveLength(points.length);
    expect(svgOf(figure)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("refuses counts and formats that are none", () => {
    const shape = modelShape("Llama-3-8B");
    expect(() => modelRoofline(shape, accelerator, { newTokens: 0 })).toThrow(
      "newTokens must be a whole number >= 1",
    );
    expect(() => modelRoofline(shape, accelerator, { newTokens: 1, cached: -1 })).toThrow(
      "cached must be >= 0, got -1",
    );
    expect(() => modelRoofline(shape, accelerator, { newTokens: 1, bits: 4 })).toThrow(
      "peak of H100-SXM-80GB at 4 bits must be > 0",
    );
    expect(() => modelRoofline(shape, accelerator, { newTokens: 1, phase: "decode" as "forward" })).toThrow(
      "phase must be forward or training, got decode",
    );
  });
});
