import { readFileSync } from "node:fs";
import { dirname } from "node:path";

/** Whether the package.json nearest above says that `.js` is an ECMAScript module. */
export function isModulePackage(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(`${at}/package.json`, "utf8")) as { type?: string }).type === "module";
    } catch {
      if (at === dirname(at)) return false;
    }
  }
}
