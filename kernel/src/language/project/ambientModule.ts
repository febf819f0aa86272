import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { kernelModule } from "./projectConfig.ts";

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
  return names.map((name) => `declare const ${name}: typeof import(${session}).${name};`).join("\n");
}
