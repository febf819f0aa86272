import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { magicsName } from "../../session/compile/magicsName.ts";
import { assumeName, guardedTypeName } from "../cells/cellDocument.ts";
import { kernelModule } from "./projectConfig.ts";

/** What earlier cells were and gave: a value of any type. */
const history = [
  "declare const In: readonly string[];",
  "declare const Out: { [number: number]: any };",
  ...["_", "__", "___"].map((name) => `declare const ${name}: any;`),
];

/**
 * A script of global declarations: every value that `isoflop-kernel/session` exports is there in a cell without
 * an import, with its type. A cell is a module, so its own declarations go before these.
 */
export function ambientModule(): string {
  const file = kernelModule("session/index");
  const { module } = parseSync("index.ts", readFileSync(file, "utf8"), { sourceType: "module", lang: "ts" });
  const names = module.staticExports.flatMap(({ entries }) =>
    entries.filter(({ isType }) => !isType).map(({ exportName }) => exportName.name),
  );
  const session = JSON.stringify(file);
  const magics = JSON.stringify(kernelModule("session/executor/magics/SessionMagics"));
  return [
    ...names.map((name) => `declare const ${name}: typeof import(${session}).${name};`),
    ...history,
    `declare function ${assumeName}<T>(value: unknown): asserts value is T;`,
    `type ${guardedTypeName}<T, Known> = [T] extends [Known] ? T : T & Known;`,
    `declare const ${magicsName}: import(${magics}).SessionMagics;`,
  ].join("\n");
}
