import { existsSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import { isPath } from "./resolve/resolveLocal.ts";
import { importedFile, resolveSpecifier } from "./resolve/resolveSpecifier.ts";

/** What a cell, or a local file, sees as `import.meta`. */
export function makeImportMeta(file: string, tsconfig: TsconfigFile): Record<string, unknown> {
  const require = createRequire(file);
  const folder = dirname(file);
  return {
    url: pathToFileURL(file).href,
    filename: file,
    dirname: folder,
    resolve(specifier: string): string {
      if (/^(node|data|https?):/.test(specifier)) return specifier;
      try {
        const from = { folder, tsconfig, kind: "import" } as const;
        const place = resolveSpecifier(specifier, from);
        const bare = "bare" in place && !isBuiltin(place.bare) ? place.bare : undefined;
        const imported = bare === undefined ? undefined : importedFile(bare, from);
        const found = "file" in place ? place.file : (imported ?? require.resolve(place.bare));
        return isBuiltin(found) ? `node:${found.replace(/^node:/, "")}` : pathToFileURL(found).href;
      } catch (error) {
        if (!isPath(specifier)) throw error;
        return new URL(specifier, pathToFileURL(file)).href;
      }
    },
  };
}

/** The file a notebook's cells pretend to be: it only has to stand in the notebook's folder. */
export function notebookFile(folder: string): string {
  const session = process.env.JPY_SESSION_NAME;
  if (session?.endsWith(".ipynb") && existsSync(session) && dirname(session) === folder) return session;
  return join(folder, "notebook.ipynb");
}
