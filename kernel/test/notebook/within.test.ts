import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { within } from "../../src/notebook/within.ts";

test.each([2 ** 31 / 1000, 1e9, 1e300, Number.POSITIVE_INFINITY])(
  "%d s is no less than a moment",
  async (seconds) => {
    expect(await within(seconds, delay(30, "done"))).toBe("done");
  },
);

test("without end there is a value, with one there may be none", async () => {
  expect(await within(undefined, Promise.resolve(1))).toBe(1);
  expect(await within(0.001, new Promise(() => {}))).toBeUndefined();
});
