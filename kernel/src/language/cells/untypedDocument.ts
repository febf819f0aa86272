import type { CellAnalysis, Declaration } from "./analyzeCell.ts";
import { narrowed, type SessionNames } from "./sessionNames.ts";

/**
 * What stands for a cell whose types take too long to find out: all it declares, as `any`. Else each later cell
 * that names one of its variables would take as long again.
 */
export function untypedDocument(analysis: CellAnalysis, session: SessionNames): string {
  const variables = [...analysis.declarations.values()].filter(({ kind }) => kind === "let");
  const current = [...variables.map(({ name }) => name), ...session.reassigned(analysis)];
  return [
    ...[...analysis.declarations.values()].map(untyped),
    ...current.map((name) => `export declare const ${narrowed(name)}: any;`),
    "export {};\n",
  ].join("\n");
}

function untyped({ name, kind }: Declaration): string {
  const value = `export declare ${kind === "let" ? "let" : "const"} ${name}: any;`;
  const type = `export type ${name}<A = any, B = any, C = any, D = any> = any;`;
  switch (kind) {
    case "let":
    case "const":
    case "function":
      return value;
    case "interface":
    case "type":
      return type;
    default:
      return `${value}\n${type}`;
  }
}
