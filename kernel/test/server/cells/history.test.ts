import { expect, test } from "vitest";
import { History } from "../../../src/server/cells/history.ts";

const history = new History();
for (const [line, input] of [
  [1, "a = 1"],
  [2, "print(a)"],
  [3, "a = 1"],
] as const)
  history.add(line, input);
history.setOutput(2, "1");

const lines = (request: object) =>
  (history.answer({ ...request }).history as unknown[][]).map((entry) => entry[1]);

test("tail gives the last inputs, oldest first", () => {
  expect(lines({ hist_access_type: "tail", n: 2 })).toEqual([2, 3]);
});

test("range includes its start and not its stop; another session has nothing here", () => {
  expect(lines({ hist_access_type: "range", session: 0, start: 1, stop: 3 })).toEqual([1, 2]);
  expect(lines({ hist_access_type: "range", session: 7, start: 1, stop: 3 })).toEqual([]);
});

test("search takes a glob, and with unique only the latest of equal inputs", () => {
  expect(lines({ hist_access_type: "search", pattern: "a*" })).toEqual([1, 3]);
  expect(lines({ hist_access_type: "search", pattern: "a*", unique: true })).toEqual([3]);
  expect(lines({ hist_access_type: "search", pattern: "*(?)" })).toEqual([2]);
});

test("with output each entry pairs input and output", () => {
  const reply = history.answer({ hist_access_type: "range", session: 0, start: 2, stop: 3, output: true });
  expect(reply.history).toEqual([[1, 2, ["print(a)", "1"]]]);
});
