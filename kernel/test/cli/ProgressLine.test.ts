import { expect, test } from "vitest";
import { ProgressLine } from "../../src/cli/ProgressLine.ts";

function stream(isTTY: boolean, columns = 40) {
  let written = "";
  const fake = { isTTY, columns, write: (text: string) => (written += text) };
  return { line: new ProgressLine(fake as unknown as NodeJS.WriteStream), written: () => written };
}

test("in a terminal one line is rewritten, and lines that stay push it away", () => {
  const { line, written } = stream(true);
  line.update("1 of 2");
  line.update("2 of 2");
  line.log("done");
  expect(written()).toBe("\r\x1b[2K1 of 2\r\x1b[2K2 of 2\r\x1b[2Kdone\n");
});

test("a line too long for the terminal is cut, so that it can be rewritten", () => {
  const { line, written } = stream(true, 30);
  line.update("x".repeat(100));
  expect(written()).toBe(`\r\x1b[2K${"x".repeat(29)}`);
});

test("in a file only whole lines appear", () => {
  const { line, written } = stream(false);
  line.update("1 of 2");
  line.log("done");
  line.clear();
  expect(written()).toBe("done\n");
});

test("in a file a long job is told after two seconds, and then more and more rarely", () => {
  let written: string[] = [];
  let now = 0;
  const fake = { isTTY: false, write: (text: string) => written.push(text) };
  const line = new ProgressLine(fake as unknown as NodeJS.WriteStream, () => now);
  for (; now < 600_000; now += 100) line.step(`${now / 1000} s`);
  expect(written.slice(0, 6).map((text) => Number.parseFloat(text))).toEqual([2, 4, 8, 16, 32, 64]);
  expect(written.length).toBeLessThan(18);
  written = [];
  const short = new ProgressLine(fake as unknown as NodeJS.WriteStream, () => now);
  short.step("at once");
  expect(written).toEqual([]);
});
