import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The native TypeScript compiler of the `typescript` package. It is started directly and not through the
 * package's `tsc` script, which would cost a second Node process for as long as the kernel lives.
 *
 * @throws Error when the package for this platform is missing, with the line that installs it
 */
export function typescriptExecutable(): string {
  const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  let folder: string;
  try {
    folder = dirname(createRequire(typescript).resolve(`${name}/package.json`));
  } catch {
    throw new Error(
      `TypeScript's compiler for ${process.platform}-${process.arch} is missing; run: npm install ${name}`,
    );
  }
  const executable = join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  if (!existsSync(executable))
    throw new Error(`TypeScript's compiler is missing at ${executable}; reinstall ${name}`);
  return executable;
}
