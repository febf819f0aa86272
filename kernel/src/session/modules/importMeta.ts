import { existsSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import { importResolver } from "./importResolver.ts";
import { isPath } from "./resolve/resolveLocal.ts";
import { type From, importedFile, resolveSpecifier } from "./resolve/resolveSpecifier.ts";

/** What a cell, or a local file, sees as `import.meta`. */
export function makeImportMeta(file: string, tsconfig: TsconfigFile): Record<string, unknown> {
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
        if ("file" in place) return pathToFileURL(place.file).href;
        if (isBuiltin(place.bare)) return `node:${place.bare.replace(/^node:/, "")}`;
        return packageUrl(place.bare, file, from);
      } catch (error) {
        if (!isPath(specifier)) throw error;
        return new URL(specifier, pathToFileURL(file)).href;
      }
    },
  };
}

/** As Node finds it; and `lodash/chunk`, to which an import here adds the extension. */
function packageUrl(name: string, file: string, from: From): string {
  const require = createRequire(file);
  const byRequire = () => pathToFileURL(require.resolve(name)).href;
  const resolve = importResolver(file);
  if (!resolve) {
    const imported = importedFile(name, from);
    return imported === undefined ? byRequire() : pathToFileURL(imported).href;
  }
  try {
    const url = resolve(name);
    if (!url.startsWith("file:") || existsSync(fileURLToPath(url))) return url;
    return orElse(byRequire, () => url);
  } catch (error) {
    return orElse(byRequire, () => {
      throw error;
    });
  }
}

function orElse<T>(first: () => T, second: () => T): T {
  try {
    return first();
  } catch {
    return second();
  }
}

/** The file a notebook's cells pretend to be: it only has to stand in the notebook's folder. */
export function notebookFile(folder: string): string {
  const session = process.env.JPY_SESSION_NAME;
  if (session?.endsWith(".ipynb") && existsSync(session) && dirname(session) === folder) return session;
  return join(folder, "notebook.ipynb");
}
