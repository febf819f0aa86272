import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("without mathjs isoflop/formula loads, and the first formula says what to install", async () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-formula-"));
  try {
    cpSync(fileURLToPath(new URL("../../dist", import.meta.url)), join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const run = (code: string) =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], { cwd: folder });
    const caught = await run(
      `import { defineLaw } from "./dist/bundle/formula.js";
      try { defineLaw("y = a * x") } catch (error) { console.log(error.message) }`,
    );
    expect(caught.stdout).toBe(
      "isoflop/formula reads formulas with mathjs, which is not installed: npm install mathjs@15\n",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
