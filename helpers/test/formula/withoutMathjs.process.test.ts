import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

test("a mathjs beside the program that runs is found, through a link to the program too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-formula-"));
  try {
    const [library, program] = [join(folder, "isoflop"), join(folder, "program")];
    cpSync(fileURLToPath(new URL("../../dist", import.meta.url)), join(library, "dist"), { recursive: true });
    writeFileSync(join(library, "package.json"), '{"type":"module"}');
    mkdirSync(join(program, "node_modules"), { recursive: true });
    const mathjs = dirname(createRequire(import.meta.url).resolve("mathjs/package.json"));
    symlinkSync(mathjs, join(program, "node_modules/mathjs"));
    writeFileSync(
      join(program, "main.mjs"),
      `import { defineLaw } from "../isoflop/dist/bundle/formula.js";
      console.log(defineLaw("y = a * x", { variables: { x: "x" } }).parameters.length);`,
    );
    symlinkSync(join(program, "main.mjs"), join(folder, "command.mjs"));
    for (const path of ["program/main.mjs", "command.mjs"]) {
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, path)]);
      expect(stdout).toBe("1\n");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
