import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "./installedKernel.ts";
import { python } from "./python.ts";

const tslab = join(repository, "bench/peers/node_modules/tslab/bin/tslab");
const isInstalled = existsSync(tslab);

interface Row {
  code: string;
  status: string;
  stdout: string;
  stderr: string;
}

// tslab is no dependency of ours: `npm ci --prefix bench/peers` installs it, as .ci/run does.
describe.skipIf(!isInstalled)("stock tslab (npm ci --prefix bench/peers)", () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-tslab-"));
  let rows: Row[] = [];

  beforeAll(async () => {
    mkdirSync(join(folder, "node_modules"));
    for (const name of ["isoflop", "isoflop-datasets", "mathjs", "@types"]) {
      symlinkSync(realpathSync(join(repository, "node_modules", name)), join(folder, "node_modules", name));
    }
    writeFileSync(join(folder, "package.json"), '{ "name": "tslab-notebooks", "private": true }\n');
    const script = fileURLToPath(new URL("stock_tslab.py", import.meta.url));
    const { stdout } = await promisify(execFile)(python(), [script, tslab, folder]);
    rows = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Row);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("imports isoflop and isoflop-datasets with their types, and no cell fails", () => {
    expect(rows.filter(({ status, stderr }) => status !== "ok" || stderr !== "")).toEqual([]);
    expect(rows.length).toBeGreaterThan(4);
  });

  it("fits Chinchilla's law to figure 4 and reaches the published minimum", () => {
    expect(rows.find(({ code }) => code.endsWith("runs.length"))?.stdout.trim()).toBe("240");
    const objective = Number(rows.find(({ code }) => code.endsWith("law.objective"))?.stdout);
    expect(objective).toBeGreaterThan(0.001);
    expect(objective).toBeLessThanOrEqual(0.001018274018);
  });

  it("reads the same law from a text, and bootstraps on threads", () => {
    const byFormula = rows.find(({ code }) => code.includes("defineLaw('"));
    expect(Number(byFormula?.stdout)).toBeLessThanOrEqual(0.001018274018);
    expect(rows.at(-1)?.stdout.trim()).toBe("20");
  });
});
