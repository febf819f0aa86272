import { type Comment, type Program, visitorKeys } from "oxc-parser";
import { type DistantImport, distantImports } from "./distantImports.ts";
import { type Guard, guardsOf } from "./guardsOf.ts";
import type { ParsedCell } from "./parseCell.ts";

export type DeclarationKind =
  | "let"
  | "const"
  | "function"
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "namespace"
  | "import";

export interface Declaration {
  name: string;
  kind: DeclarationKind;
  /** Where the declaring statement stands in the cell, for "show the source". */
  start: number;
  end: number;
}

export interface CellAnalysis {
  declarations: Map<string, Declaration>;
  /** Names the cell exports itself, so that they are not exported twice. */
  exported: Set<string>;
  /** Variables assigned at the top level, so that what is known of their type goes on to the next cell. */
  assigned: Set<string>;
  /** Variables some function assigns: when that runs cannot be known, so nothing may be concluded. */
  assignedInFunctions: Set<string>;
  /** Statements behind which more is known of a variable. */
  guards: Guard[];
  /** Module specifiers, static and dynamic, with their places. */
  imports: { specifier: string; start: number; end: number }[];
  /** What is imported by `npm:` and the like. */
  distant: DistantImport[];
  /** `declare global` or `declare module`: later cells depend on it without naming anything. */
  isAmbient: boolean;
  /** How many nodes lie inside each other. */
  depth: number;
  /** How many object and array literals lie directly inside each other. */
  dataDepth: number;
  isUnchecked: boolean;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** What later cells need to know about a cell. A cell that does not parse declares nothing. */
export function analyzeCell({ code, result, isObjectLiteral }: ParsedCell): CellAnalysis {
  const { program, comments } = result;
  const analysis: CellAnalysis = {
    declarations: new Map(),
    exported: new Set(),
    assigned: new Set(),
    assignedInFunctions: new Set(),
    guards: guardsOf(program.body),
    imports: [],
    distant: distantImports(code, program),
    isAmbient: false,
    depth: 0,
    dataDepth: 0,
    isUnchecked: isUnchecked(program, comments),
  };
  for (const statement of program.body as unknown as Node[]) readStatement(statement, analysis, statement);
  walk(program as unknown as Node, analysis);
  // The literal was parsed behind one parenthesis.
  if (isObjectLiteral) for (const each of [...analysis.imports, ...analysis.distant]) shift(each, -1);
  return analysis;
}

function shift(range: { start: number; end: number }, by: number): void {
  range.start += by;
  range.end += by;
}

function isUnchecked(program: Program, comments: Comment[]): boolean {
  const first = program.body[0]?.start ?? Number.POSITIVE_INFINITY;
  return comments.some(({ value, start }) => start < first && /^[\s/*]*@ts-nocheck\b/.test(value));
}

function declare(id: unknown, kind: DeclarationKind, { declarations }: CellAnalysis, at: Node): void {
  for (const name of boundNames(id as Node | null)) {
    const known = declarations.get(name);
    // A variable that shares its name with a type counts as the variable.
    if (known && (known.kind === "let" || kind === "interface" || kind === "type" || kind === "namespace"))
      continue;
    declarations.set(name, { name, kind, start: at.start, end: at.end });
  }
}

function readStatement(node: Node, analysis: CellAnalysis, at: Node): void {
  switch (node.type) {
    case "VariableDeclaration":
      for (const each of node.declarations as Node[]) {
        declare(each.id, node.kind === "let" || node.kind === "var" ? "let" : "const", analysis, at);
      }
      break;
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      declare(node.id, "function", analysis, at);
      break;
    case "ClassDeclaration":
      declare(node.id, "class", analysis, at);
      break;
    case "TSInterfaceDeclaration":
      declare(node.id, "interface", analysis, at);
      break;
    case "TSTypeAliasDeclaration":
      declare(node.id, "type", analysis, at);
      break;
    case "TSEnumDeclaration":
      declare(node.id, "enum", analysis, at);
      break;
    case "TSModuleDeclaration":
      if (node.global || (node.id as Node).type === "Literal") analysis.isAmbient = true;
      else declare(node.id, "namespace", analysis, at);
      break;
    case "TSImportEqualsDeclaration":
      declare(node.id, "import", analysis, at);
      break;
    case "ImportDeclaration":
      for (const each of node.specifiers as Node[]) declare(each.local, "import", analysis, at);
      break;
    case "ExportDefaultDeclaration":
      if (/^(Function|Class)Declaration$/.test((node.declaration as Node).type)) {
        readStatement(node.declaration as Node, analysis, at);
      }
      break;
    case "ExportNamedDeclaration":
      if (node.declaration) {
        const own = { ...analysis, declarations: new Map<string, Declaration>() };
        readStatement(node.declaration as Node, own, at);
        for (const name of own.declarations.keys()) analysis.exported.add(name);
        readStatement(node.declaration as Node, analysis, at);
      }
      for (const each of (node.specifiers ?? []) as Node[]) {
        analysis.exported.add(String((each.exported as Node).name ?? (each.exported as Node).value));
      }
      break;
  }
}

/** The names a pattern binds, or an assignment's target names. */
function boundNames(pattern: Node | null): string[] {
  const names: string[] = [];
  const waiting: (Node | null)[] = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node?.type === "Identifier") names.push(node.name as string);
    else if (node) for (const each of targetsIn(node).reverse()) waiting.push(each);
  }
  return names;
}

function targetsIn(pattern: Node): (Node | null)[] {
  switch (pattern.type) {
    case "ObjectPattern":
      return (pattern.properties as Node[]).map((each) => (each.value ?? each.argument) as Node);
    case "ArrayPattern":
      return [...(pattern.elements as (Node | null)[])];
    case "AssignmentPattern":
    case "TSQualifiedName":
      return [pattern.left as Node];
    case "RestElement":
      return [pattern.argument as Node];
    default:
      return [];
  }
}

const functions = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "PropertyDefinition",
  "StaticBlock",
]);

/** Nothing in these is of interest here, and they are most of a long cell. */
const leaves = new Set(["Identifier", "Literal", "TSTypeAnnotation"]);

/** With a stack of its own: how deep a cell nests is the user's affair. Stacks beside each other cost no object a node. */
function walk(program: Node, analysis: CellAnalysis): void {
  const nodes: Node[] = [program];
  const isInside: boolean[] = [false];
  const depths: number[] = [0];
  const dataDepths: number[] = [0];
  while (nodes.length > 0) {
    const node = nodes.pop() as Node;
    const inFunction = isInside.pop() as boolean;
    const depth = (depths.pop() as number) + 1;
    if (depth > analysis.depth) analysis.depth = depth;
    const dataDepth = dataDepthOf(node, dataDepths.pop() as number);
    if (dataDepth > analysis.dataDepth) analysis.dataDepth = dataDepth;
    note(node, analysis, inFunction);
    const inside = inFunction || functions.has(node.type);
    const keys = visitorKeys[node.type] ?? [];
    for (let at = keys.length - 1; at >= 0; at--) {
      const child = node[keys[at] as string] as Node | (Node | null)[] | null | undefined;
      if (!child) continue;
      if (!Array.isArray(child)) {
        if (leaves.has(child.type)) continue;
        nodes.push(child);
        isInside.push(inside);
        depths.push(depth);
        dataDepths.push(dataDepth);
        continue;
      }
      for (let index = child.length - 1; index >= 0; index--) {
        const each = child[index];
        if (!each || leaves.has(each.type)) continue;
        nodes.push(each);
        isInside.push(inside);
        depths.push(depth);
        dataDepths.push(dataDepth);
      }
    }
  }
}

function dataDepthOf({ type }: Node, outside: number): number {
  if (type === "ObjectExpression" || type === "ArrayExpression") return outside + 1;
  return type === "Property" || type === "SpreadElement" || type === "ParenthesizedExpression" ? outside : 0;
}

function note(node: Node, analysis: CellAnalysis, inFunction: boolean): void {
  switch (node.type) {
    case "AssignmentExpression":
    case "UpdateExpression": {
      const names = inFunction ? analysis.assignedInFunctions : analysis.assigned;
      for (const name of boundNames((node.left ?? node.argument) as Node)) names.add(name);
      break;
    }
    case "VariableDeclaration":
      if (node.kind !== "var" || inFunction) break;
      for (const each of node.declarations as Node[]) declare(each.id, "let", analysis, node);
      break;
    case "ForOfStatement":
    case "ForInStatement":
      for (const name of boundNames(node.left as Node)) analysis.assigned.add(name);
      break;
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "TSExternalModuleReference": {
      const source = (node.source ?? node.expression) as Node | null;
      if (source && typeof source.value === "string") {
        analysis.imports.push({ specifier: source.value, start: source.start, end: source.end });
      }
    }
  }
}
