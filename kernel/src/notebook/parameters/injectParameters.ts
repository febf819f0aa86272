import { limits } from "../../protocol/limits.ts";
import { isDeeper } from "../../protocol/nesting.ts";
import { nearestWord } from "../../text/nearestWord.ts";
import type { CodeCell, Notebook } from "../Notebook.ts";
import { inspectParameters, type Parameter } from "./inspectParameters.ts";
import { literal } from "./literal.ts";
import { ParameterError } from "./ParameterError.ts";
import { checkParameterName } from "./parameterName.ts";
import { indexOfTagged } from "./taggedCells.ts";

/**
 * Sets parameters of a notebook, as papermill does: a cell tagged `injected-parameters` that declares them goes right behind
 * the cell tagged `parameters`, or first where no cell has that tag, and in the place of one that an earlier run put there.
 * What was given is kept in the notebook's `metadata.papermill.parameters`.
 *
 * A variable that is declared once more is the same for every cell and function, `const` or not; its declared type stays.
 *
 * @param notebook left as it is
 * @param values by name; numbers, texts, booleans, null, and lists and objects of them
 * @returns the notebook with the cell
 * @throws ParameterError for a name that no variable can have, or that the cell tagged `parameters` does not declare; for a
 *   notebook in another language
 *
 * @example
 * import { injectParameters, parseNotebook } from "isoflop-kernel/runner";
 * const metadata = { tags: ["parameters"] };
 * const cell = { cell_type: "code", id: "a", metadata, source: "const lr = 1e-3", execution_count: null, outputs: [] };
 * const notebook = parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
 * injectParameters(notebook, { lr: 0.01 }).cells[1]?.source; // => "// Parameters\nlet lr = 0.01;"
 */
export function injectParameters(
  notebook: Notebook,
  values: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>,
): Notebook {
  const given = new Map(values instanceof Map ? values : Object.entries(values));
  if (given.size === 0) return notebook;
  refuseLanguage(notebook);
  const declared = inspectParameters(notebook);
  for (const name of given.keys()) checkParameterName(name);
  refuseUnknown(
    [...given.keys()],
    declared?.map(({ name }) => name),
  );
  const result = structuredClone(notebook);
  const types = new Map(declared?.map((one) => [one.name, one]));
  const source = [
    "// Parameters",
    ...[...given].map(([name, value]) => declaration(name, value, types.get(name))),
  ];
  place(result, source.join("\n"));
  const { papermill } = result.metadata;
  const before = typeof papermill === "object" && papermill !== null ? papermill : {};
  result.metadata.papermill = {
    ...before,
    parameters: Object.fromEntries([...given].map(([name, value]) => [name, recorded(value)])),
  };
  return result;
}

/** @throws ParameterError for the first name that is not among those a notebook declares, with the nearest */
export function refuseUnknown(names: readonly string[], declared: readonly string[] | undefined): void {
  const unknown = names.find((name) => declared && !declared.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestWord(unknown, declared!);
  const meant = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const all =
    declared!.length === 0
      ? "Its cell tagged parameters declares none"
      : `It has ${declared!.slice(0, 20).join(", ")}`;
  const shown = unknown.length > 40 ? `${unknown.slice(0, 40)}…` : unknown;
  throw new ParameterError(`the notebook has no parameter ${shown}.${meant} ${all}`);
}

/** The cell is written in TypeScript. */
function refuseLanguage({ metadata }: Notebook): void {
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language;
  if (typeof language === "string" && !/^(typescript|javascript|deno|tslab|jslab)/i.test(language))
    throw new ParameterError(
      `parameters are set in TypeScript, and this notebook says that it is written in ${language.slice(0, 40)}; run it with papermill`,
    );
}

/**
 * `let`, so that a value says no more of a type than its kind. A declared type stays, and is checked; `as` keeps the checker
 * from taking the value for the only one, which makes a comparison with another an error.
 */
function declaration(name: string, value: unknown, parameter: Parameter | undefined): string {
  if (isDeeper(value, limits.nesting))
    throw new ParameterError(
      `${name} is nested deeper than ${limits.nesting} levels; give it in a file that the notebook reads`,
    );
  const text = literal(value);
  if (parameter?.isDeclared && parameter.type !== undefined) {
    const { type } = parameter;
    const hasOne = (typeof value === "object" && value !== null) || ["number", "string"].includes(type);
    return hasOne
      ? `let ${name}: ${type} = ${text};`
      : `let ${name} = (${text} satisfies ${type}) as ${type};`;
  }
  if (typeof value === "boolean") return `let ${name} = ${text} as boolean;`;
  const saysNothing = value === null || (Array.isArray(value) && value.length === 0);
  return saysNothing ? `let ${name}: any = ${text};` : `let ${name} = ${text};`;
}

function place(notebook: Notebook, source: string): void {
  const { cells } = notebook;
  const earlier = indexOfTagged(notebook, "injected-parameters");
  const injected: CodeCell = {
    cell_type: "code",
    id: earlier < 0 ? freeId(notebook) : cells[earlier]!.id,
    metadata: { tags: ["injected-parameters"] },
    source,
    execution_count: null,
    outputs: [],
  };
  if (earlier >= 0) cells[earlier] = injected;
  else cells.splice(indexOfTagged(notebook, "parameters") + 1, 0, injected);
}

function freeId({ cells }: Notebook): string {
  const taken = new Set(cells.map(({ id }) => id));
  let id = "injected-parameters";
  for (let number = 2; taken.has(id); number++) id = `injected-parameters-${number}`;
  return id;
}

/** JSON has no infinity and no NaN; they are kept by name. */
function recorded(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(recorded);
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recorded(item)]));
}
