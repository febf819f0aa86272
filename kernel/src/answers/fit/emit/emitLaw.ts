import type { Fit } from "isoflop";
import { identifier } from "../table/ColumnNames.ts";
import { escapeLatex } from "../tables.ts";
import { lawFormula } from "./lawFormula.ts";
import { javascript, type Printer, python, tex, texName, texNumber } from "./printers.ts";
import { printFormula } from "./printFormula.ts";

export const languages = ["python", "js", "tex"] as const;
export type Language = (typeof languages)[number];

/** What is said above the function. */
export interface Provenance {
  /** The law's right side, where it was given as a formula. */
  readonly formula?: string;
  /** For each name of the formula that is a field's, the field. */
  readonly columns?: Readonly<Record<string, string>>;
  /** What was read, in lines. */
  readonly source: readonly string[];
  /** The column and the value whose runs were fitted, where there are several fits. */
  readonly group?: { readonly column: string; readonly value: string; readonly name: string };
}

/**
 * A fitted law as a function of its fields, in a language, with where it comes from above it. The numbers of Python and
 * JavaScript are those of the fit to the last digit; TeX has five.
 *
 * @throws RangeError where the law has no formula
 */
export async function emitLaw(
  fit: Fit,
  language: Language,
  { formula, columns = {}, source, group }: Provenance,
): Promise<string> {
  const { law, parameters } = fit;
  const right = lawFormula(law, formula, language === "tex");
  const said = [
    `${law.name} (${law.source}) by isoflop: ${fit.status}, ${fit.reason}`,
    ...(group ? [`the runs where ${group.column} is ${group.value}`] : []),
    ...source,
    `predicts ${law.response.name} (${law.response.unit}: ${law.response.description}) from ` +
      law.variables.map(({ name, unit }) => `${name} (${unit})`).join(", "),
  ].map((line) => line.replace(/[\r\n\u2028\u2029]+/g, " "));
  const entries = law.parameters.map(({ name }): [string, number] => [name, parameters[name]!]);
  const response = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(law.response.name) ? law.response.name : "predict";
  const fieldOf = (name: string) => (Object.hasOwn(columns, name) ? columns[name]! : name);
  if (language === "tex") {
    const values = new Map(entries);
    const printer: Printer = {
      ...tex,
      name: (name) => (values.has(name) ? texNumber(values.get(name)!) : texName(fieldOf(name))),
    };
    const body = await printFormula(right, printer, true);
    const names = law.variables.map(({ name }) => texName(name)).join(", ");
    return [
      ...said.map((line) => `% ${line}`),
      `\\[ ${texName(law.response.name)}${group ? `_{\\text{${escapeLatex(group.value)}}}` : ""}(${names}) = ${body} \\]`,
    ].join("\n");
  }
  const base = language === "python" ? python : javascript;
  // A field whose name is no name goes by the formula's.
  const named = new Map(Object.entries(columns).map(([name, field]) => [field, identifier(field) || name]));
  const printer: Printer = { ...base, name: (name) => base.name(named.get(fieldOf(name)) ?? name) };
  const body = await printFormula(right, printer);
  const names = law.variables.map(({ name }) => printer.name(name)).join(", ");
  const constants = entries.map(([name, value]) => [printer.name(name), numeral(value, language)] as const);
  const name = group ? `${response}_${group.name}` : printer.name(response);
  if (language === "python") {
    return [
      ...said.map((line) => `# ${line}`),
      "import math",
      "",
      "",
      `def ${name}(${names}):`,
      ...constants.map(([one, value]) => `    ${one} = ${value}`),
      `    return ${body}`,
    ].join("\n");
  }
  return [
    ...said.map((line) => `// ${line}`),
    `export function ${name}(${names}) {`,
    ...constants.map(([one, value]) => `  const ${one} = ${value};`),
    `  return ${body};`,
    "}",
  ].join("\n");
}

/**
 * Fits to groups as functions, one a value, whose names end in it.
 *
 * @throws RangeError where the law has no formula
 */
export async function emitGroups(
  groups: readonly { readonly value: string; readonly fit: Fit }[],
  column: string,
  language: Language,
  provenance: Provenance,
): Promise<string> {
  const taken = new Set<string>();
  const texts: string[] = [];
  for (const { value, fit } of groups) {
    const plain = value.replace(/[^\p{L}\p{N}_]+/gu, "_").replace(/^_+|_+$/g, "") || "empty";
    let name = plain;
    for (let k = 2; taken.has(name); k++) name = `${plain}_${k}`;
    taken.add(name);
    const text = await emitLaw(fit, language, { ...provenance, group: { column, value, name } });
    texts.push(texts.length > 0 ? text.replace("\nimport math\n\n", "") : text);
  }
  return texts.join(language === "tex" ? "\n" : "\n\n\n");
}

function numeral(value: number, language: Language): string {
  if (Number.isFinite(value)) return String(value);
  if (language === "js") return Number.isNaN(value) ? "Number.NaN" : `${value < 0 ? "-" : ""}Infinity`;
  return Number.isNaN(value) ? "math.nan" : `${value < 0 ? "-" : ""}math.inf`;
}
