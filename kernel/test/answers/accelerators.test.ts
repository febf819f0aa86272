import { accelerators, findAccelerator } from "isoflop";
import { expect, test } from "vitest";
import { acceleratorJson, acceleratorsJson } from "../../src/answers/accelerators/acceleratorsJson.ts";
import { acceleratorsText } from "../../src/answers/accelerators/acceleratorsText.ts";
import { acceleratorText } from "../../src/answers/accelerators/acceleratorText.ts";

test("the table has a row an accelerator, and what was not found is empty", () => {
  const lines = acceleratorsText().split("\n");
  for (const key of Object.keys(accelerators)) {
    expect(lines.filter((line) => line.startsWith(`${key} `))).toHaveLength(1);
  }
  expect(lines.find((line) => line.startsWith("tpu-v4 "))).toMatch(/^tpu-v4 +32 +1200 +275 +275$/);
});

test("one accelerator shows each figure with its source, and names what was not found", () => {
  const text = acceleratorText(findAccelerator("h20"));
  expect(text).toMatch(/^dense bf16 +148 TFLOP\/s +Epoch AI/m);
  expect(text).toMatch(/^dense int8 +296 TOP\/s +Epoch AI/m);
  expect(text).toMatch(/^dense fp8 +not found$/m);
  expect(text).toMatch(/^price +not found$/m);
});

test.each([40, 80, 120])("no line is wider than %i columns", (width) => {
  const texts = [
    acceleratorsText(width),
    ...Object.values(accelerators).map((one) => acceleratorText(one, width)),
  ];
  for (const text of texts) {
    // A path is one word, which a terminal breaks where it likes.
    const wide = text.split("\n").filter((line) => line.length > width && /\S \S/.test(line.trim()));
    expect(wide).toEqual([]);
  }
});

test("JSON has the keys that other commands take, and comes back whole", () => {
  expect(acceleratorsJson().map(({ key }) => key)).toEqual(Object.keys(accelerators));
  const one = acceleratorJson(findAccelerator("gb200"));
  expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  expect(one.key).toBe("gb200-186gb");
});
