import { existsSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { resolveLocal } from "./resolveLocal.ts";

/** What a cell sees as `import.meta`. */
export function makeImportMeta(file: string): Record<string, unknown> {
  const require = createRequire(file);
  return {
    url: pathToFileURL(file).href,
    filename: file,
    dirname: dirname(file),
    resolve(specifier: string): string {
      if (/^(node|file|data|https?):/.test(specifier)) return specifier;
      if (/^\.{0,2}\//.test(specifier)) {
        const found = resolveLocal(specifier, dirname(file));
        return found ? pathToFileURL(found).href : new URL(specifier, pathToFileURL(file)).href;
      }
      const found = require.resolve(specifier);
      return isBuiltin(found) ? `node:${found.replace(/^node:/, "")}` : pathToFileURL(found).href;
    },
  };
}

/** The file a notebook's cells pretend to be: it only has to stand in the notebook's folder. */
export function notebookFile(folder: string): string {
  const session = process.env.JPY_SESSION_NAME;
  if (session?.endsWith(".ipynb") && existsSync(session) && dirname(session) === folder) return session;
  return join(folder, "notebook.ipynb");
}
