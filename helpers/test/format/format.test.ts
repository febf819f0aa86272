import fc from "fast-check";
import { escapeHtml, formatCount, formatFlops, formatNumber, formatPercent } from "isoflop";
import { expect, test } from "vitest";

test.each([
  [70e9, "70B"],
  [1.4e12, "1.4T"],
  [57334197, "57.3M"],
  [999.9e6, "1B"],
  [512, "512"],
  [2048, "2.05K"],
  [3e16, "3e16"],
  [-7e9, "-7B"],
])("the count %d is written %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [5.88e23, "5.88e23"],
  [6e18, "6e18"],
  [9.999e20, "1e21"],
])("%d FLOPs are written %s", (flops, text) => {
  expect(formatFlops(flops)).toBe(text);
});

test.each([
  [0.3473105, "0.3473"],
  [1.817218, "1.817"],
  [2143.417, "2143"],
  [0.0010182740178, "0.001018"],
  [1.2e-17, "1.2e-17"],
  [634773, "634800"],
  [0, "0"],
  [Number.NaN, "not a number"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("the number %d is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("every number can be written, and read back to the digits that are kept", () => {
  const property = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const back = Number(formatNumber(value, 6).replace("−", "-"));
    // Rounded up, the largest numbers are beyond what can be read.
    if (Number.isFinite(back)) expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
    else expect(Math.abs(value)).toBeGreaterThan(1.797693e308);
  });
  fc.assert(property, { seed: 11, numRuns: 2000 });
  expect(formatNumber(Number.MAX_VALUE)).toBe("1.798e308");
});

test("a percentage carries its sign when asked", () => {
  expect(formatPercent(0.05, 2, true)).toBe("+5 %");
  expect(formatPercent(-0.00123)).toBe("−0.12 %");
});

test("digits outside 1 to 15 are refused", () => {
  expect(() => formatNumber(1, 0)).toThrow("digits must be an integer from 1 to 15, got 0");
  expect(() => formatFlops(1, 16)).toThrow(RangeError);
});

test("text cannot leave its place in HTML", () => {
  expect(escapeHtml(`<a href="x" title='y'>&`)).toBe("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
});
