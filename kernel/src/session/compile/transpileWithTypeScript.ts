import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { typescriptExecutable } from "../../typescript/typescriptExecutable.ts";
import type { Transpiled } from "./transpiled.ts";

const options = [
  ["--target", "es2022"],
  ["--module", "esnext"],
  ["--moduleDetection", "force"],
  ["--jsx", "react-jsx"],
  ["--verbatimModuleSyntax", "--noCheck", "--noResolve", "--sourceMap", "--ignoreConfig"],
].flat();

/** The kernel waits for it. */
const longestMilliseconds = 10_000;

/**
 * The same as `transpile` by TypeScript itself, for what oxc does not lower: standard decorators and `accessor`.
 * It is a process of its own, some 100 ms, so only for code that needs it.
 */
export function transpileWithTypeScript(file: string, source: string): Transpiled {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-"));
  try {
    const name = `cell${extname(file)}`;
    writeFileSync(join(folder, name), source);
    const { stderr } = spawnSync(typescriptExecutable(), [...options, name], {
      cwd: folder,
      encoding: "utf8",
      timeout: longestMilliseconds,
      killSignal: "SIGKILL",
    });
    const output = join(folder, `${basename(name, extname(name))}.${name.endsWith(".mts") ? "mjs" : "js"}`);
    const code = readWritten(output, stderr);
    return { code, map: JSON.parse(readFileSync(`${output}.map`, "utf8")) as Transpiled["map"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readWritten(file: string, complaint: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  } catch {
    throw new Error(`TypeScript could not compile the decorators: ${complaint || "nothing was written"}`);
  }
}
