import { createRequire, Module } from "node:module";
import * as tslab from "../tslab.ts";

/** `module` as a cell sees it: that of the program, so that `require.main === module`. */
export function makeModule(notebook: string): NodeJS.Module {
  const module = new Module(notebook);
  return Object.assign(module, {
    filename: notebook,
    paths: createRequire(notebook).resolve.paths("x") ?? [],
  });
}

/** `require` as a cell sees it: from the notebook's folder, with the shims that `import` knows too. */
export function makeRequire(notebook: string, main: NodeJS.Module): NodeJS.Require {
  const native = createRequire(notebook);
  const require = (specifier: string): unknown => {
    const name = specifier.replace(/^npm:/, "");
    return name === "tslab" ? tslab : native(name);
  };
  return Object.assign(require, native, { main });
}
