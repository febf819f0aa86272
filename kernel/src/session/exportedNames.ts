import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { resolveFromKernel } from "./kernelModules.ts";

/** The names a package exports to a file, found without running it; none where the package is missing. */
export function exportedNamesOf(specifier: string, parent: string): Set<string> {
  try {
    return new Set(exportedNames(resolve(specifier, parent)));
  } catch {
    return new Set();
  }
}

function resolve(specifier: string, parent: string): string {
  try {
    return createRequire(parent).resolve(specifier);
  } catch {
    return resolveFromKernel(specifier) ?? specifier;
  }
}

/** The names a module exports, found without running it; `export *` is followed. */
function exportedNames(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, "utf8"), { sourceType: "module", lang: "js" });
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName, moduleRequest }) => {
      if (exportName.name) return [exportName.name];
      return moduleRequest ? exportedNames(join(dirname(file), moduleRequest.value)) : [];
    });
}
