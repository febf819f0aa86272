import { kernelModule } from "./projectConfig.ts";

/** Names every cell finds without importing them, besides Node's own; typed by the module that holds them. */
export const sessionGlobals = [
  "clearOutput",
  "comm",
  "display",
  "html",
  "input",
  "md",
  "progress",
  "prompt",
  "svg",
  "verdicts",
] as const;

/** A script of global declarations. A cell is a module, so its own declarations go before these. */
export function ambientModule(): string {
  const session = JSON.stringify(kernelModule("session/index"));
  return sessionGlobals.map((name) => `declare const ${name}: typeof import(${session}).${name};`).join("\n");
}
