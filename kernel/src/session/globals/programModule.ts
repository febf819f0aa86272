import { createRequire, Module } from "node:module";

/** `module` as a cell sees it: that of the program, so that `require.main === module`. */
export function makeModule(notebook: string): NodeJS.Module {
  const module = new Module(notebook);
  return Object.assign(module, {
    filename: notebook,
    paths: createRequire(notebook).resolve.paths("x") ?? [],
  });
}
