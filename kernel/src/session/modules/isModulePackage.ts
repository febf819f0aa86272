import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

/** Whether the package.json nearest above, within the package, says that `.js` is an ECMAScript module. */
export function isModulePackage(folder: string): boolean {
  for (let at = folder; basename(at) !== "node_modules"; at = dirname(at)) {
    const manifest = read(`${at}/package.json`);
    if (manifest !== undefined) return manifest?.type === "module";
    if (at === dirname(at)) break;
  }
  return false;
}

function read(file: string): { type?: string } | null | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { type?: string } | null;
  } catch (error) {
    return error instanceof SyntaxError ? null : undefined;
  }
}

/** Whether a file's name and its package say that it is an ECMAScript module. */
export function isModuleFile(file: string): boolean {
  return file.endsWith(".mjs") || (file.endsWith(".js") && isModulePackage(dirname(file)));
}
