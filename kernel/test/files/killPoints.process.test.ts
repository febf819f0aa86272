import { expect, test } from "vitest";
import { killPoints } from "../../../bench/soak/killPoints.js";

// `npm run bench -- soak` tries every point; here a choice, the same each time.
test("whatever operation on files is the last or fails, the old files are there or the new ones", async () => {
  const { tried, of, faults } = await killPoints({ tries: 30, seed: 11, quick: true });
  expect(faults).toEqual([]);
  expect(tried).toBe(30);
  expect(of).toBeGreaterThan(300);
}, 240_000);
