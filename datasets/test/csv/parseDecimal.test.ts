import { parseDecimal } from "isoflop-datasets/csv";
import { expect, test } from "vitest";

test.each([
  ["0", 0],
  ["-0.5", -0.5],
  ["+7e9", 7e9],
  [".5", 0.5],
  ["5.", 5],
  ["1E-3", 1e-3],
  ["007", 7],
  ["6795600349.2894974", 6795600349.2894974],
  ["1e400", Infinity],
])("%s is a number", (text, value) => {
  expect(parseDecimal(text)).toBe(value);
});

const others = [
  "",
  " ",
  " 1",
  "1 ",
  "1_000",
  "1,5",
  "1.2.3",
  "0x10",
  "0o17",
  "0b1",
  "1__0",
  "Infinity",
  "inf",
  "NaN",
];
test.each([...others, "1e", "e5", ".", "-", "12%", "7B", "1n", "٣", "１", "−1", "1\n"])(
  "%j is none",
  (text) => {
    expect(parseDecimal(text)).toBeNaN();
  },
);
