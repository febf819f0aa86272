import { accelerators, memoryFits, memoryPanel, modelShape } from "isoflop";
import { expect, test } from "vitest";
import { memoryView, notebookChoice } from "../../src/browser/memory/memoryView.ts";

const accelerator = accelerators["h100-sxm-80gb"];
const shape = modelShape("Llama-3-70B");
const layout = {
  devices: 64,
  tensorParallel: 4,
  pipelineParallel: 8,
  stages: [7, 10, 10, 10, 10, 11, 11, 11],
  globalBatch: 4,
  zeroStage: 1,
} as const;
const { widget, memory } = memoryPanel(shape, layout, {
  sequenceTokens: 8192,
  accelerator,
  caption: "Which layouts fit?",
});

test("the panel begins with what the notebook computed: its stages and its batch are not derived anew", () => {
  const view = memoryView(widget, notebookChoice(widget));
  expect(view.says).toBe(memoryFits(shape, layout, { sequenceTokens: 8192, accelerator }).says);
  expect(view.memory.table.rows.map(([, , layers]) => layers)).toEqual([...layout.stages]);
  expect(view.memory.table.rows.map((row) => row[3])).toEqual(memory.stages.map(({ inFlight }) => inFlight));
  expect(memory.stages[0]!.inFlight).toBe(2);
});

test("other degrees have stages and a batch of their own, and a longer sequence leaves both", () => {
  const first = notebookChoice(widget);
  const longer = memoryView(widget, { ...first, sequenceTokens: 16384 });
  expect(longer.memory.table.rows.map(([, , layers]) => layers)).toEqual([...layout.stages]);
  const four = memoryView(widget, { ...first, pipelineParallel: 4 });
  expect(four.memory.table.rows.map(([, , layers]) => layers)).toEqual([20, 20, 20, 20]);
  expect(four.memory.table.rows[0]![3]).toBe(4);
});
