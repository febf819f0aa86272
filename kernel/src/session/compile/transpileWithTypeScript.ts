import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import type { EmitOptions } from "../../tsconfig/emitOptions.ts";
import { typescriptExecutable } from "../../typescript/typescriptExecutable.ts";
import type { Transpiled } from "./transpiled.ts";

/** The kernel waits for it. */
const longestMilliseconds = 10_000;

/**
 * The same as `transpile` by TypeScript itself, for what oxc does not do: standard decorators and `accessor`, aliases
 * in a decorator's metadata, and CommonJS. It is a process of its own, some 100 ms, so only for code that needs it.
 */
export function transpileWithTypeScript(
  file: string,
  source: string,
  emit: EmitOptions = {},
  { isCommonJs = false } = {},
): Transpiled {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-"));
  try {
    // As CommonJS a file must not say by its name that it is a module, nor need `export` say so.
    const name = `cell${/x$/.test(extname(file)) ? ".tsx" : isCommonJs ? ".ts" : extname(file)}`;
    writeFileSync(join(folder, name), source);
    const { stderr, stdout } = spawnSync(typescriptExecutable(), [...argumentsOf(emit, isCommonJs), name], {
      cwd: folder,
      encoding: "utf8",
      timeout: longestMilliseconds,
      killSignal: "SIGKILL",
    });
    const output = join(folder, `${basename(name, extname(name))}.${name.endsWith(".mts") ? "mjs" : "js"}`);
    const code = readWritten(output, stderr || stdout);
    return { code, map: JSON.parse(readFileSync(`${output}.map`, "utf8")) as Transpiled["map"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function argumentsOf(emit: EmitOptions, isCommonJs: boolean): string[] {
  const { decorators, assignsFields, jsx, keepsImports } = emit;
  const options: [string, string | true | undefined][] = [
    ["--target", "es2022"],
    ["--module", isCommonJs ? "commonjs" : "esnext"],
    ["--moduleDetection", isCommonJs ? "auto" : "force"],
    ["--noCheck", true],
    ["--noResolve", true],
    ["--sourceMap", true],
    ["--ignoreConfig", true],
    ["--verbatimModuleSyntax", (keepsImports && !isCommonJs) || undefined],
    ["--experimentalDecorators", decorators && true],
    ["--emitDecoratorMetadata", decorators?.metadata || undefined],
    ["--strictNullChecks", String(decorators?.strictNullChecks ?? true)],
    ["--useDefineForClassFields", String(!assignsFields)],
    ["--jsx", jsx?.runtime === "classic" ? "react" : jsx?.development ? "react-jsxdev" : "react-jsx"],
    ["--jsxImportSource", jsx?.importSource],
    ["--jsxFactory", jsx?.pragma],
    ["--jsxFragmentFactory", jsx?.pragmaFrag],
  ];
  return options.flatMap(([name, value]) =>
    value === undefined ? [] : value === true ? [name] : [name, value],
  );
}

function readWritten(file: string, complaint: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  } catch {
    throw new Error(`TypeScript could not compile the code: ${complaint || "nothing was written"}`);
  }
}
