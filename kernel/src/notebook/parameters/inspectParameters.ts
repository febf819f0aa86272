import { parseCell } from "../../language/cells/parseCell.ts";
import type { Notebook } from "../Notebook.ts";
import { parametersCell } from "./taggedCells.ts";

/** A variable that a notebook lets whoever runs it set. */
export interface Parameter {
  name: string;
  /** Its type as the notebook declares it, or as its value tells; undefined where neither does. */
  type?: string;
  /** Whether the type is declared, and holds for other values too. */
  isDeclared: boolean;
  /** The expression it has without being set. */
  default: string;
  /** What the comment beside or above it says. */
  help: string;
}

type Parsed = ReturnType<typeof parseCell>["result"];
type Comments = Parsed["comments"];
type Statement = Parsed["program"]["body"][number];

/**
 * The parameters of a notebook: the variables that its cell tagged `parameters` declares, in their order. The comment on
 * the line of a variable, or right above it, says what it is for.
 *
 * @returns undefined where no cell has the tag
 *
 * @example
 * import { inspectParameters, parseNotebook } from "isoflop-kernel/runner";
 * const metadata = { tags: ["parameters"] };
 * const source = "const lr: number = 1e-3; // peak learning rate";
 * const cell = { cell_type: "code", id: "a", metadata, source, execution_count: null, outputs: [] };
 * const notebook = parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
 * inspectParameters(notebook)?.[0]?.help; // => "peak learning rate"
 * inspectParameters(notebook)?.[0]?.default; // => "1e-3"
 */
export function inspectParameters(notebook: Notebook): Parameter[] | undefined {
  const cell = parametersCell(notebook);
  if (!cell) return undefined;
  // Magics are no TypeScript, and declare nothing.
  const source = cell.source.replace(/^[ \t]*[%!].*$/gm, (line) => " ".repeat(line.length));
  const { program, comments } = parseCell(source).result;
  const found = new Map<string, Parameter>();
  for (const statement of program.body)
    for (const one of declaredIn(statement, source, comments)) found.set(one.name, one);
  return [...found.values()];
}

function declaredIn(statement: Statement, source: string, comments: Comments): Parameter[] {
  const help = (end: number) => helpOf(source, comments, statement.start, end);
  if (statement.type === "ExportNamedDeclaration" && statement.declaration)
    return declaredIn(statement.declaration as Statement, source, comments);
  if (statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") {
    const { left, right, operator } = statement.expression;
    if (left.type !== "Identifier" || operator !== "=") return [];
    return [
      {
        name: left.name,
        ...typeOf(right, source),
        default: textOf(right, source),
        help: help(statement.end),
      },
    ];
  }
  if (statement.type !== "VariableDeclaration" || statement.declare) return [];
  return statement.declarations.flatMap(({ id, init, end }): Parameter[] => {
    const isLast = end >= statement.declarations.at(-1)!.end;
    const value = init ? textOf(init, source) : "undefined";
    if (id.type !== "Identifier")
      return namesIn(id).map((name) => ({ name, isDeclared: false, default: "", help: "" }));
    const declared = id.typeAnnotation && textOf(id.typeAnnotation.typeAnnotation, source);
    const type =
      declared === undefined || declared === null
        ? typeOf(init, source)
        : { type: declared, isDeclared: true };
    return [{ name: id.name, ...type, default: value, help: help(isLast ? statement.end : end) }];
  });
}

type Place = { readonly start: number; readonly end: number };
type Expression = Place & { readonly type: string };

const textOf = ({ start, end }: Place, source: string): string => source.slice(start, end);

/** What the look of a value tells of its type. */
function typeOf(value: Expression | null, source: string): { type?: string; isDeclared: boolean } {
  const isDeclared = false;
  if (value === null) return { isDeclared };
  switch (value.type) {
    case "Literal": {
      const { value: content } = value as Expression & { value: unknown };
      return ["string", "number", "boolean"].includes(typeof content)
        ? { type: typeof content, isDeclared }
        : { isDeclared };
    }
    case "TemplateLiteral":
      return { type: "string", isDeclared };
    case "UnaryExpression": {
      const { operator, argument } = value as Expression & { operator: string; argument: Expression };
      if (operator === "!") return { type: "boolean", isDeclared };
      return "+-".includes(operator) ? typeOf(argument, source) : { isDeclared };
    }
    case "ArrayExpression":
      return { type: "array", isDeclared };
    case "ObjectExpression":
      return { type: "object", isDeclared };
    case "TSAsExpression":
    case "TSSatisfiesExpression": {
      const type = textOf((value as Expression & { typeAnnotation: Place }).typeAnnotation, source);
      return type === "const"
        ? typeOf((value as Expression & { expression: Expression }).expression, source)
        : { type, isDeclared: value.type === "TSAsExpression" };
    }
    default:
      return { isDeclared };
  }
}

/** The names that a pattern such as `{ a, b: [c] }` declares. */
function namesIn(pattern: unknown): string[] {
  const { type, name, ...parts } = pattern as { type?: string; name?: string } & Record<string, unknown>;
  if (type === "Identifier") return [name!];
  if (type === "Property") return namesIn(parts.value);
  if (type === "RestElement") return namesIn(parts.argument);
  if (type === "AssignmentPattern") return namesIn(parts.left);
  const inside = (parts.properties ?? parts.elements ?? []) as unknown[];
  return inside.filter((one) => one !== null).flatMap(namesIn);
}

/** The comment behind a declaration on its last line, or the comments on the lines right above it. */
function helpOf(source: string, comments: Comments, start: number, end: number): string {
  const lineEnd = source.indexOf("\n", end);
  const rest = comments.find((one) => one.start >= end && (lineEnd < 0 || one.start < lineEnd));
  // What stands between belongs to somebody else.
  if (rest && /^[\s,;]*$/.test(source.slice(end, rest.start))) return said(rest.value);
  const above: string[] = [];
  for (let at = start, k = comments.length - 1; k >= 0; k--) {
    const one = comments[k]!;
    if (one.end > at) continue;
    const isAlone = /^[ \t]*$/.test(source.slice(source.lastIndexOf("\n", one.start - 1) + 1, one.start));
    if (!isAlone || !/^[ \t]*\r?\n?[ \t]*$/.test(source.slice(one.end, at))) break;
    above.unshift(said(one.value));
    at = source.lastIndexOf("\n", one.start - 1) + 1;
  }
  return above.join(" ").trim();
}

const said = (comment: string): string =>
  comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*+/, "").trim())
    .join(" ")
    .trim();
