import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync, visitorKeys } from "oxc-parser";
import { offsetAt, type Position } from "../cells/textPosition.ts";

export interface Location {
  uri: string;
  range: { start: Position; end: Position };
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** More than fits a tooltip anyway. */
const longestSource = 200;

/** Only the first few places are looked at: for a common name the server may find hundreds. */
const mostPlaces = 8;

/**
 * The text of the declaration of a function, class or variable, at the first of some places that is one.
 * Imports, parameters and mere mentions are not.
 */
export function declarationSource(places: readonly Location[]): string | undefined {
  for (const { uri, range } of places.slice(0, mostPlaces)) {
    if (!uri.startsWith("file:")) continue;
    const path = fileURLToPath(uri);
    const text = readText(path);
    if (text === undefined) continue;
    const { program } = parseSync(path, text, { sourceType: "module" });
    const found = declarationAt(program as unknown as Node, offsetAt(text, range.start));
    if (found) return shorten(text.slice(found.start, found.end));
  }
  return undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const declarations =
  /^(TS)?(Function|DeclareFunction|Class|Variable|Interface|TypeAlias|Enum|Module)(Declaration)?$/;
const members =
  /^(TS)?(MethodDefinition|PropertyDefinition|MethodSignature|PropertySignature|AbstractMethodDefinition)$/;

/** The innermost declaration whose name stands at the offset. */
function declarationAt(program: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  for (let node: Node | undefined = program; node; node = childAt(node, offset)) {
    if (declares(node, offset)) found = node;
  }
  return found;
}

function childAt(node: Node, offset: number): Node | undefined {
  for (const key of visitorKeys[node.type] ?? []) {
    const children = [node[key]].flat() as (Node | null | undefined)[];
    const child = children.find((each) => each && offset >= each.start && offset < each.end);
    if (child) return child;
  }
  return undefined;
}

function declares(node: Node, offset: number): boolean {
  if (node.type === "VariableDeclaration") {
    return (node.declarations as Node[]).some(({ id }) => (id as Node).start === offset);
  }
  if (members.test(node.type)) return (node.key as Node).start === offset;
  return declarations.test(node.type) && (node.id as Node | null)?.start === offset;
}

function shorten(source: string): string {
  const lines = source.split("\n");
  return lines.length > longestSource ? `${lines.slice(0, longestSource).join("\n")}\n…` : source;
}
