import { dirname } from "node:path";
import * as session from "./index.ts";

/** What cells find without importing it. */
export function installGlobals({ require, notebook }: { require: NodeJS.Require; notebook: string }): void {
  const names = { ...session, require, __filename: notebook, __dirname: dirname(notebook) };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
