import { createRequire } from "node:module";
import * as tslab from "../tslab.ts";

/** `require` as a cell sees it: from the notebook's folder, with the shims that `import` knows too. */
export function makeRequire(notebook: string): NodeJS.Require {
  const native = createRequire(notebook);
  const require = (specifier: string): unknown => {
    const name = specifier.replace(/^npm:/, "");
    return name === "tslab" ? tslab : native(name);
  };
  return Object.assign(require, native);
}
