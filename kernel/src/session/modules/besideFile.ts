import { Module } from "node:module";

interface Compiled extends NodeJS.Module {
  _compile(code: string, file: string, format: "module"): void;
}

/**
 * Runs code at once as an ECMAScript module that stands beside a file: what it imports, and where that is found, is
 * Node's own doing, with all conditions.
 *
 * @param name - which Node keeps the module by; there need be no such file
 * @returns what it exports
 */
export function runBeside(name: string, code: string): Record<string, unknown> {
  const module = Object.assign(new Module(name), { filename: name }) as Compiled;
  module._compile(code, name, "module");
  return module.exports as Record<string, unknown>;
}
