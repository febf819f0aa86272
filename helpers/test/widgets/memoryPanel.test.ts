import {
  accelerators,
  countParams,
  jupyterDisplay,
  memoryPanel,
  modelShape,
  trainingMemory,
  unpackModel,
  widgetMimeType,
} from "isoflop";
import { expect, test } from "vitest";

const accelerator = accelerators["h100-sxm-80gb"];
const shape = modelShape("DeepSeek-V3");
const layout = {
  devices: 256,
  pipelineParallel: 16,
  expertParallel: 8,
  stages: "balanced",
  zeroStage: 1,
} as const;
const options = { sequenceTokens: 4096, accelerator, caption: "Which layouts <fit>?" };

test("the panel starts from the memory of the layout, and what it hands over gives the same", () => {
  const panel = memoryPanel(shape, layout, options);
  expect(panel.memory).toEqual(trainingMemory(shape, layout, { sequenceTokens: 4096 }));
  const handed = JSON.parse(JSON.stringify(panel.widget));
  const model = unpackModel(handed.model);
  expect(countParams(model)).toEqual(countParams(shape));
  expect(trainingMemory(model, handed.layout, handed.options)).toEqual(panel.memory);
});

test("layers alike are handed over once, and share an object again", () => {
  const { widget } = memoryPanel(shape, layout, options);
  expect(widget.model.kinds).toHaveLength(2);
  expect(new Set(unpackModel(widget.model).layers).size).toBe(2);
  expect(JSON.stringify(widget).length).toBeLessThan(4000);
});

test("it shows itself as data for the report and as a table for everyone else", () => {
  const bundle = memoryPanel(shape, layout, options)[jupyterDisplay]();
  expect(bundle[widgetMimeType]).toMatchObject({ widget: "memory", caption: "Which layouts <fit>?" });
  expect(bundle["text/html"]).toContain("<figcaption>Which layouts &lt;fit&gt;?</figcaption>");
  expect(bundle["text/plain"]).toContain("of 80 GB on each H100-SXM-80GB");
  // A report keeps the table only, so that whether it fits stands in it.
  const table = (bundle["text/html"] as string).match(/<table>.*<\/table>/s)![0];
  expect(table).toContain("<caption>");
  expect(table).toContain("of 80 GB on each H100-SXM-80GB");
  expect(table).toContain("weights, float32 copy");
  expect(table).not.toContain("weightCopy");
});

test("no caption and a layout that does not divide are refused", () => {
  expect(() => memoryPanel(shape, layout, { ...options, caption: " " })).toThrow("needs a caption");
  expect(() => memoryPanel(shape, { tensorParallel: 3 }, options)).toThrow(
    "tensorParallel must divide the 128 latent heads",
  );
});
