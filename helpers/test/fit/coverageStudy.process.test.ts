import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coverage-"));
});
afterAll(() => rm(folder, { recursive: true }));

const study = (...args: string[]) =>
  run(process.execPath, ["bench/run.js", "coverage", "--state", join(folder, "state.jsonl"), ...args], {
    cwd: root,
  });
const cell = "20|0.005|Gaussian|squared";

test("the study counts, keeps its counts and goes on from them, even after half a line", async () => {
  const first = await study("--sets", "40", "--cells", cell, "--methods", "delta", "--json");
  const counted = JSON.parse(first.stdout);
  expect(counted.map(({ from, to }: { from: number; to: number }) => [from, to]).sort()).toEqual([
    [0, 20],
    [20, 40],
  ]);
  const held = counted.reduce((sum: number, one: { counts: Record<string, Record<string, number[]>> }) => {
    const [sets, inside, below, above, missing] = one.counts["delta HC3"]!.alpha!;
    expect(inside! + below! + above! + missing!).toBe(sets);
    return sum + inside!;
  }, 0);
  // 38 of 40 are expected; fewer than 32 or an interval that always holds would be a fault of the study itself.
  expect(held).toBeGreaterThanOrEqual(32);
  const file = join(folder, "state.jsonl");
  const kept = await readFile(file, "utf8");
  await writeFile(file, kept + kept.slice(0, 50));
  const again = await study("--sets", "40", "--cells", cell, "--methods", "delta", "--json");
  expect(again.stderr).toBe("");
  expect(JSON.parse(again.stdout)).toHaveLength(2);
  const further = await study("--sets", "60", "--cells", cell, "--methods", "delta", "--json");
  expect(JSON.parse(further.stdout)).toHaveLength(3);
  expect(JSON.parse((await study("--sets", "0", "--json")).stdout)).toHaveLength(3);
  const shown = await study("--sets", "0");
  expect(shown.stdout).toContain("alpha, squared: lowest to highest coverage, %");
});

test("an option that cannot be is refused in a line", async () => {
  for (const [args, words] of [
    [["--cells", "21|"], "--cells must be part of a name such as 20|0.005|Gaussian|default, got 21|"],
    [["--methods", "magic"], "--methods must be of delta,profile,bootstrap, got magic"],
    [["--sets", "many"], "--sets must be a whole number >= 0, got many"],
  ] as const) {
    await expect(study(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  }
});
