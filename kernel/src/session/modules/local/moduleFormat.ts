import { dirname } from "node:path";
import { parseSync } from "oxc-parser";
import { isModulePackage } from "../isModulePackage.ts";

export type ModuleFormat = "module" | "commonjs";

/**
 * How a local file is to be loaded. Where its extension does not say, its text does, as in Node: what imports or
 * exports is a module; what is left is CommonJS where it says so, by `require`, `module` or `exports`.
 */
export function moduleFormat(file: string, source: string): ModuleFormat {
  if (/\.m[jt]s$/.test(file)) return "module";
  if (/\.c[jt]s$/.test(file)) return "commonjs";
  if (!mentions.test(source)) return "module";
  const { module, program } = parseSync(file, source, {});
  if (program.body.some(({ type }) => type === "TSExportAssignment" || type === "TSImportEqualsDeclaration"))
    return "commonjs";
  if (module.hasModuleSyntax) {
    // TypeScript lets one import as a module and export as CommonJS does.
    return module.staticExports.length === 0 && assignsExports.test(source) ? "commonjs" : "module";
  }
  return isModulePackage(dirname(file)) ? "module" : "commonjs";
}

const mentions = /\b(require|module|exports|__dirname|__filename)\b/;
const assignsExports = /\bmodule\.exports\b|\bexports\.[\w$]+\s*=/;
