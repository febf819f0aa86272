import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));

test("the plan that the README shows is what its command prints", () => {
  const readme = readFileSync(path("../../../README.md"), "utf8");
  const [, command, shown] = /```sh\nisoflop (plan [^#\n]*)#[^\n]*\n```\n\n```\n([^`]*)```/.exec(readme)!;
  const { stdout, status } = spawnSync(
    process.execPath,
    [path("../../bin/isoflop.js"), ...command!.trim().split(/ +/)],
    { encoding: "utf8", timeout: 30_000 },
  );
  expect(status).toBe(0);
  const cells = (text: string) => text.split("\n").map((line) => line.split(/ {2,}/).slice(0, 3));
  const rows = cells(shown!).filter(([name]) => name && !/^(quantity|-+|…)$/.test(name));
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) expect(cells(stdout)).toContainEqual(row);
});
