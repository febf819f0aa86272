import { expect, test } from "vitest";
import { Complaints } from "../../src/server/complaints.ts";

test("a million complaints of a kind are some two dozen lines, and another kind is still heard", () => {
  const lines: string[] = [];
  const complaints = new Complaints((line) => lines.push(line));
  for (let n = 0; n < 1_000_000; n++) complaints.say("unsigned", "ignored");
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.length).toBeLessThan(30);
  expect(lines.at(-1)).toContain("number 524288 of its kind");
  expect(complaints.say("fault", "something else")).toBe(true);
  expect(lines.at(-1)).toBe("isoflop kernel: something else");
});
