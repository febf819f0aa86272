import fc from "fast-check";
import { countParams, openElmModel } from "isoflop";
import { openElmConfigs } from "isoflop-datasets";
import { expect, test } from "vitest";

const modelOf = (row: ReturnType<typeof openElmConfigs>[number], vocabSize = 32_000) =>
  openElmModel({
    nLayers: row.nLayers,
    hiddenSize: row.hiddenSize,
    headSize: row.headSize,
    vocabSize,
    gqaGroups: row.gqaGroups,
    qkvMultipliers: [row.qkvMultiplierMin, row.qkvMultiplierMax],
    ffnMultipliers: [row.ffnMultiplierMin, row.ffnMultiplierMax],
  });

const headsOf = (row: ReturnType<typeof openElmConfigs>[number], key: "nHeads" | "nKvHeads") =>
  modelOf(row).layers.map(({ blocks }) => {
    const attention = blocks.find((block) => block.kind === "attention")!;
    return attention.kind === "attention" ? attention[key] : Number.NaN;
  });

const unroll = (runs: string) =>
  runs.split(" ").flatMap((run) => {
    const [value, times] = run.split("x").map(Number);
    return Array.from({ length: times! }, () => value!);
  });

test("the four models have the counts that the published rule gives, computed apart in Python", () => {
  expect(openElmConfigs().map((row) => countParams(modelOf(row)).total)).toEqual([
    271_527_168, 457_179_136, 1_079_891_456, 3_036_647_424,
  ]);
  expect(openElmConfigs().map((row) => countParams(modelOf(row, row.vocabCorenet)).total)).toEqual([
    271_691_008, 457_375_744, 1_080_153_600, 3_037_040_640,
  ]);
});

test("heads by layer are those that published configuration files list", () => {
  let lists = 0;
  for (const row of openElmConfigs()) {
    if (row.listedQueryHeads) expect(headsOf(row, "nHeads")).toEqual(unroll(row.listedQueryHeads));
    if (row.listedKvHeads) expect(headsOf(row, "nKvHeads")).toEqual(unroll(row.listedKvHeads));
    lists += Number(row.listedQueryHeads !== undefined) + Number(row.listedKvHeads !== undefined);
  }
  expect(lists).toBe(5);
});

test("widths are multiples and never below nine tenths of the line", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 256, max: 8192 }),
      (nLayers, hiddenSize) => {
        const model = openElmModel({ nLayers, hiddenSize, headSize: 64, vocabSize: 10 });
        for (const { blocks } of model.layers) {
          for (const block of blocks) {
            if (block.kind === "attention") expect(block.nHeads % 4).toBe(0);
            if (block.kind !== "feed-forward") continue;
            expect(block.size % 256).toBe(0);
            expect(block.size).toBeGreaterThanOrEqual(0.9 * 0.5 * hiddenSize);
          }
        }
      },
    ),
  );
});

test("hostile settings are refused", () => {
  const of = (setting: object) => () =>
    openElmModel({ nLayers: 16, hiddenSize: 1280, headSize: 64, vocabSize: 32_000, ...setting });
  expect(of({ nLayers: 1.5 })).toThrow("nLayers must be a whole number >= 1, got 1.5");
  expect(of({ headSize: 0 })).toThrow("headSize must be");
  expect(of({ qkvMultipliers: [0.5] })).toThrow("qkvMultipliers must be two numbers");
  expect(of({ ffnMultipliers: [0, 4] })).toThrow("ffnMultipliers must be a number > 0, got 0");
  expect(of({ maxTokens: -1 })).toThrow("maxTokens must be");
  expect(of({ gqaGroup: 4 })).toThrow("did you mean gqaGroups?");
});
