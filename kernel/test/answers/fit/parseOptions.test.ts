import { chinchilla } from "isoflop";
import { expect, test } from "vitest";
import { parseLaw } from "../../../src/answers/fit/parseLaw.ts";
import { parseLoss } from "../../../src/answers/fit/parseLoss.ts";
import { parseNumbers } from "../../../src/cli/optionValues.ts";
import { parseMap } from "../../../src/tables/chooseColumns.ts";

test("a law is named as `isoflop laws` lists it, families with other fields, or written as a formula", async () => {
  expect(await parseLaw("chinchilla")).toBe(chinchilla);
  expect((await parseLaw("powerLaw(nTokens)")).name).toBe("powerLaw(nTokens)");
  expect((await parseLaw("powerLaw")).name).toBe("powerLaw(flops)");
  expect((await parseLaw("brokenPowerLaw(nParams, 2)")).name).toBe("brokenPowerLaw(nParams, 2)");
  expect((await parseLaw("separablePowerLaw(nParams, nTokens, vocabularySize)")).variables).toHaveLength(3);
  expect((await parseLaw("L = E + A/N^alpha")).parameters.map(({ name }) => name)).toEqual([
    "E",
    "A",
    "alpha",
  ]);
});

test("a law that does not exist is refused with those that do", async () => {
  await expect(parseLaw("chinchila")).rejects.toThrow(/no law is called chinchila; there are chinchilla, /);
  await expect(parseLaw("process.exit()")).rejects.toThrow(/no law is called/);
});

test.each([
  ["squared", "squared"],
  ["l1", "l1"],
  ["huber", "huber(1.345 sigma)"],
  ["huber:1e-3", "huber(0.001)"],
  ["huber:0.01", "huber(0.01)"],
  ["logCosh:2e-3", "logCosh(0.002)"],
])("the loss %s is %s", (text, label) => {
  expect(parseLoss(text).label).toBe(label);
});

test.each([
  [() => parseLoss("l2"), "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got l2"],
  [() => parseLoss("huber:x"), "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got huber:x"],
  [() => parseLoss("huber:0"), "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got huber:0"],
  [
    () => parseLoss("logcosh:1:2"),
    "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got logcosh:1:2",
  ],
  [
    () => parseLoss("squared:3"),
    "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got squared:3",
  ],
  [() => parseLoss("l1:2"), "--loss must be squared, l1, huber, huber:1e-3 or logcosh:1e-3, got l1:2"],
  [() => parseMap("nParams"), 'FIELD=COLUMN*FACTOR, separated by commas; got "nParams"'],
  [() => parseMap("nParams=a*0"), 'got "nParams=a*0"'],
  [() => parseNumbers("--fix", "E=x"), '--fix takes NAME=NUMBER, separated by commas; got "E=x"'],
])("%# is refused with the way out", (parse, message) => {
  expect(parse).toThrow(message);
});

test("a column's name may hold spaces and signs", () => {
  expect(parseMap("nParams=Model Size (B) * 1e9,loss=val/loss")).toEqual([
    { field: "nParams", column: "Model Size (B)", factor: 1e9, given: true },
    { field: "loss", column: "val/loss", factor: 1, given: true },
  ]);
});
