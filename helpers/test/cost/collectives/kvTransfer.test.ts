import { expect, test } from "vitest";
import { accelerators, modelShape } from "../../../src/catalog/index.ts";
import { kvTransferSeconds } from "../../../src/cost/collectives/kvTransferSeconds.ts";

const llama = modelShape("Llama-3-70B");
const h100 = accelerators["h100-sxm-80gb"];
const transfer = { promptTokens: 8192, accelerator: h100 };
// 80 layers, 8 heads of 128 values, keys and values, two bytes each.
const whole = 8192 * 80 * 2 * 8 * 128 * 2;

test("devices send their shares at once: bytes / devices over the network, after its latency", () => {
  const time = kvTransferSeconds(llama, { ...transfer, prefillTensorParallel: 4, decodeTensorParallel: 4 });
  expect(time.bytes).toBe(whole);
  expect(time.bytesPerDevice).toBe(whole / 4);
  expect(time.seconds).toBeCloseTo(10e-6 + whole / 4 / 50e9, 12);
});

test("the side with fewer devices limits", () => {
  const few = kvTransferSeconds(llama, { ...transfer, prefillTensorParallel: 2, decodeTensorParallel: 8 });
  const more = kvTransferSeconds(llama, { ...transfer, prefillTensorParallel: 8, decodeTensorParallel: 2 });
  expect(few.bytesPerDevice).toBe(whole / 2);
  expect(more.bytesPerDevice).toBe(whole / 2);
});

test("beyond the heads, each decoding device still gets a whole head: copies do not travel faster", () => {
  const eight = kvTransferSeconds(llama, { ...transfer, prefillTensorParallel: 8, decodeTensorParallel: 8 });
  const sixteen = kvTransferSeconds(llama, {
    ...transfer,
    prefillTensorParallel: 8,
    decodeTensorParallel: 16,
  });
  expect(sixteen.bytesPerDevice).toBe(eight.bytesPerDevice);
  // A sender's copies need not be sent: sixteen senders halve what each sends, but not what arrives.
  const senders = kvTransferSeconds(llama, {
    ...transfer,
    prefillTensorParallel: 16,
    decodeTensorParallel: 16,
  });
  expect(senders.bytesPerDevice).toBe(whole / 8);
});

test("stages divide layers; layers that are sent while the next is computed leave one to wait for; half the bits, half the bytes", () => {
  const stages = kvTransferSeconds(llama, {
    ...transfer,
    prefillPipelineParallel: 4,
    decodePipelineParallel: 4,
  });
  expect(stages.bytesPerDevice).toBe(whole / 4);
  const last = kvTransferSeconds(llama, { ...transfer, exposedLayers: 1 });
  expect(last.seconds).toBeCloseTo(10e-6 + whole / 80 / 50e9, 12);
  expect(kvTransferSeconds(llama, { ...transfer, kvBits: 8 }).bytes).toBe(whole / 2);
  expect(kvTransferSeconds(llama, { ...transfer, exposedLayers: 0 }).seconds).toBe(0);
});

test("within a node it takes the node's link", () => {
  const within = kvTransferSeconds(llama, { ...transfer, acrossNodes: false });
  expect(within.seconds).toBeLessThan(kvTransferSeconds(llama, transfer).seconds / 4);
  expect(within.seconds).toBeGreaterThan(whole / 450e9);
});

test("refuses parts of counts and unknown options", () => {
  expect(() => kvTransferSeconds(llama, { ...transfer, promptTokens: -1 })).toThrow(/promptTokens/);
  expect(() => kvTransferSeconds(llama, { ...transfer, decodePipelineParallel: 1.5 })).toThrow(
    /decodePipeline/,
  );
  expect(() => kvTransferSeconds(llama, { ...transfer, prefillPipelineParallel: 81 })).toThrow(
    /prefillPipelineParallel must be a whole number between 1 and 80, got 81/,
  );
  expect(() => kvTransferSeconds(llama, { ...transfer, tp: 4 } as typeof transfer)).toThrow(/no option tp/);
});
