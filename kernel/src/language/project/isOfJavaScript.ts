import { dirname } from "node:path";
import { findFile, isPath, resolveLocal } from "../../session/modules/resolve/resolveLocal.ts";
import type { ServerDiagnostic } from "../answers/cellDiagnostics.ts";

/** What a module does not export: a name, a default, or one that is nearly so called. */
const missingExport = new Set([1192, 2305, 2613, 2614, 2724]);

/**
 * Whether a diagnostic says that a local JavaScript file does not export a name. TypeScript reads what CommonJS exports
 * in part only; whether it is there is seen when it runs.
 */
export function isOfJavaScript({ code = 0, message }: ServerDiagnostic, importer: string): boolean {
  if (!missingExport.has(code)) return false;
  const module = /[Mm]odule '"([^"]+)"'/.exec(message)?.[1] ?? "";
  if (!isPath(module)) return false;
  try {
    const file = module.startsWith("/") ? findFile(module) : resolveLocal(module, dirname(importer));
    return file !== undefined && /\.[mc]?jsx?$/.test(file);
  } catch {
    return false;
  }
}
