import { estimateEngine, findAccelerator, modelNamed, readServingRow } from "isoflop";
import { expect, test } from "vitest";
import { chosenStack } from "../../../src/answers/cost/serving/chosenStack.ts";
import type { ServingChoice } from "../../../src/answers/cost/serving/ServingChoice.ts";
import { scenarioFromOptions } from "../../../src/answers/cost/serving/scenarioFromOptions.ts";
import { splitLayouts } from "../../../src/answers/cost/serving/servingLayout.ts";

const dense = modelNamed("Llama-3.1-70B");
const mixture = modelNamed("DeepSeek-V3");
const asked: ServingChoice = { accelerator: "h200-sxm", concurrency: 8, prompt: 1024, output: 256 };

test("options and a row of a table that say the same are the same scenario", () => {
  const choice = { ...asked, tp: 8, dp: 1, ep: 8, precision: "FP8", engine: "TensorRT-LLM 1.0" };
  const row = {
    model: "deepseek-ai/DeepSeek-V3",
    hardware: "h200_sxm",
    precision: "fp8",
    engine: "trtllm 1.0",
  };
  const load = { parallel: "tp8pp1adp1moetp1ep8", batch: "8", load: "closed loop, concurrency" };
  const read = readServingRow({ ...row, ...load, isl: "1024", osl: "256" });
  expect(scenarioFromOptions(mixture, choice)).toEqual({ ...read, assumptions: expect.anything() });
});

test.each(["h100-sxm-80gb", "H100_SXM", "NVIDIA H100-SXM-80GB", "dgx-h100"])(
  "an accelerator is found as %s",
  (accelerator) => {
    expect(scenarioFromOptions(dense, { ...asked, accelerator }).acceleratorKey).toBe("h100-sxm-80gb");
  },
);

test("bits go before the precision, and name a format where none is named", () => {
  const h100 = findAccelerator("h100-sxm");
  const stack = (choice: Partial<ServingChoice>) => chosenStack({ ...asked, ...choice }, h100, dense.name);
  expect(stack({ precision: "fp8", kv: 8 }).bits).toMatchObject({ weights: 8, activations: 8, kv: 8 });
  expect(stack({ weights: 4, activations: 16 })).toMatchObject({ format: "int4", assumptions: [] });
  expect(stack({ weights: 8, activations: 8 }).format).toBe("fp8");
  expect(stack({}).assumptions).toEqual(["precision bf16"]);
});

test("experts are shared by the groups of a mixture; groups of a dense model are instances", () => {
  const { serve } = scenarioFromOptions(mixture, { ...asked, tp: 2, dp: 4, ep: 8, instances: 3 });
  expect(serve).toEqual({
    instances: 3,
    layout: {
      tensorParallel: 2,
      pipelineParallel: 1,
      attentionDataParallel: 4,
      expertParallel: 8,
      expertTensorParallel: 1,
    },
  });
  expect(scenarioFromOptions(dense, { ...asked, tp: 2, dp: 4 }).serve).toMatchObject({
    instances: 4,
    layout: { tensorParallel: 2, attentionDataParallel: 1, expertTensorParallel: 2 },
  });
});

test.each([
  "2xtp4:tp8dp8ep8",
  "2x(tp4pp1adp1ep1):1x(tp8adp8moetp8ep8)",
  "prefill 2x(tp4):decode TP8 DP8 EP8",
])("--split reads %s", (text) => {
  const { prefill, serve } = splitLayouts(text, true);
  expect(prefill).toMatchObject({ instances: 2, layout: { tensorParallel: 4 } });
  expect(serve).toMatchObject({
    instances: 1,
    layout: { tensorParallel: 8, attentionDataParallel: 8, expertParallel: 8, expertTensorParallel: 8 },
  });
});

test.each([
  [{ split: "tp4" }, /two layouts, prefill:decode/],
  [{ split: "tp4:tq8" }, /"tq" is not one of .* did you mean tp\?/],
  [{ split: "tp4:tp" }, /tp must be followed by a whole number/],
  [{ split: "0xtp4:tp8" }, /at least one instance/],
  [{ split: "tp4tp4:tp8" }, /tp is there twice/],
  [{ split: ":" }, /letters and numbers/],
  [{ split: "tp4:tp8", tp: 4 }, /--tp stands beside --split/],
  [{ split: "tp4:tp8", instances: 4 }, /--instances stands beside --split/],
  [{ ep: 3 }, /--ep must divide --tp times --dp, 1, got 3; take 1/],
  [{ batch: 4 }, /one load only, got 2/],
  [{ concurrency: undefined }, /give the load: --concurrency C/],
  [{ engine: "vlm" }, /--engine .* got "vlm"; did you mean vllm\?/],
  [{ engine: "sglanf 0.5" }, /did you mean sglang\?/],
  [{ precision: "fp9" }, /--precision must be one of .* got "fp9"; did you mean fp8\?/],
  [{ activations: 7 }, /--activations must be 16, 8 or 4 bits, got 7/],
  [{ kv: 64 }, /--kv must be at most 32 bits, got 64/],
  [{ accelerator: "a100-sxm-80gb", activations: 4, weights: 4 }, undefined],
  [{ accelerator: "v100-sxm-32gb", activations: 8 }, /no 8-bit peak/],
  [{ accelerator: "h10" }, /h10/],
] as const)("%j is refused with a way out", (wrong, message) => {
  const choice = Object.fromEntries(
    Object.entries({ ...asked, ...wrong }).filter(([, value]) => value !== undefined),
  ) as unknown as ServingChoice;
  const ask = () => scenarioFromOptions(mixture, choice);
  if (message === undefined) expect(ask().format).toBe("fp4");
  else expect(ask).toThrow(message);
});

test("experts are not dealt out where there are none", () => {
  expect(() => scenarioFromOptions(dense, { ...asked, tp: 4, ep: 4 })).toThrow(/the model has none, got 4/);
});

test("what the options say of drafts and hits is said of the answer, and what is not counted of it", () => {
  const choice = { ...asked, draft: { tokens: 1, acceptance: 0.7 }, prefixHits: 0.5 };
  const { draft, prefixHitShare, assumptions } = scenarioFromOptions(dense, choice);
  expect({ draft, prefixHitShare }).toEqual({ draft: { tokens: 1, acceptance: 0.7 }, prefixHitShare: 0.5 });
  expect(assumptions).toContainEqual(
    expect.stringMatching(/^1 token drafted .* 0.7 .* draft them is not counted$/),
  );
  expect(assumptions).toContain("a prefix cache holds 50 % of each prompt");
  expect(scenarioFromOptions(dense, { ...asked, prefixHits: 0 }).assumptions).not.toContainEqual(
    expect.stringContaining("prefix"),
  );
});

test("a draft and that nothing is drafted contradict each other", () => {
  const choice = { ...asked, draft: { tokens: 3, acceptance: 0.7 } };
  expect(() => scenarioFromOptions(dense, { ...choice, speculative: false })).toThrow(
    "--draft says what is drafted, --no-speculative that nothing is; leave out one of the two",
  );
  expect(scenarioFromOptions(dense, { ...choice, speculative: true }).draft).toEqual(choice.draft);
});

test.each([
  [undefined, 0.5],
  [{ tokens: 3, acceptance: 0.7 }, undefined],
])("draft %j and hits %j make an answer faster, by no more than they save", (draft, prefixHits) => {
  const at = (choice: ServingChoice) =>
    estimateEngine(scenarioFromOptions(dense, { ...choice, tp: 4, speculative: draft && true }));
  const plain = estimateEngine(scenarioFromOptions(dense, { ...asked, tp: 4, speculative: false }));
  const helped = at({ ...asked, ...(draft && { draft }), ...(prefixHits && { prefixHits }) });
  expect(helped.tpotS.value).toBeLessThan(plain.tpotS.value);
  // Four tokens a step at most: 1 + 0.7 + 0.49 + 0.343 of them on the average.
  const most = draft ? 2.533 : 1 / (1 - prefixHits!);
  expect(helped.tpotS.value).toBeGreaterThan(plain.tpotS.value / most);
  if (prefixHits) expect(helped.ttftS.value).toBeLessThan(plain.ttftS.value);
});
