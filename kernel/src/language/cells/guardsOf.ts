import { visitorKeys } from "oxc-parser";

interface Node {
  type: string;
  [key: string]: unknown;
}

/** A statement behind which more may be known of a variable's type: what it looks at is so, or the cell has ended. */
export interface Guard {
  /** What it looks at: a name, or a name with properties, as `["run", "loss"]`. */
  paths: string[][];
  /** The functions that must assert something, or never return, for it to be one; none where it throws by itself. */
  callees: Callee[];
}

export interface Callee {
  name: string;
  /** It is called as a method: `assert.ok(x)`. */
  isMethod: boolean;
}

const longestPath = 4;

/** The guards among a cell's own statements: `if (!x) throw …`, `if (!x) fail()`, `assert(x)`. */
export function guardsOf(body: readonly unknown[]): Guard[] {
  const guards: Guard[] = [];
  const waiting = [...(body as Node[])].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const guard = guardOf(node);
    if (guard && guard.paths.length > 0) guards.push(guard);
    waiting.push(...innerStatements(node));
  }
  return guards;
}

function guardOf(node: Node): Guard | undefined {
  switch (node.type) {
    case "IfStatement": {
      const ends = [node.consequent, node.alternate].map((branch) => endOf(branch as Node | null));
      const callees = ends.filter((end) => typeof end === "object");
      if (!ends.includes("throws") && callees.length === 0) return undefined;
      return { paths: pathsIn(node.test as Node), callees: ends.includes("throws") ? [] : callees };
    }
    case "SwitchStatement": {
      const ends = (node.cases as Node[]).map(({ consequent }) => endOf((consequent as Node[]).at(-1)));
      return ends.includes("throws") ? { paths: pathsIn(node.discriminant as Node), callees: [] } : undefined;
    }
    case "ExpressionStatement": {
      const { type, callee, arguments: given } = node.expression as Node;
      const called = type === "CallExpression" ? calleeOf(callee as Node) : undefined;
      return called && { paths: (given as Node[]).flatMap(pathsIn), callees: [called] };
    }
    default:
      return undefined;
  }
}

/** How a branch ends, where it may be for good. */
function endOf(branch: Node | null | undefined): "throws" | Callee | undefined {
  let last = branch;
  while (last?.type === "BlockStatement") last = (last.body as Node[]).at(-1);
  if (last?.type === "ThrowStatement") return "throws";
  if (last?.type !== "ExpressionStatement") return undefined;
  const { type, callee } = last.expression as Node;
  return type === "CallExpression" ? calleeOf(callee as Node) : undefined;
}

function calleeOf(callee: Node): Callee | undefined {
  const path = pathOf(callee);
  return path && { name: path[0] as string, isMethod: path.length > 1 };
}

function innerStatements(node: Node): Node[] {
  switch (node.type) {
    case "BlockStatement":
      return [...(node.body as Node[])].reverse();
    case "IfStatement":
      return [node.alternate, node.consequent].filter(Boolean) as Node[];
    case "LabeledStatement":
      return [node.body as Node];
    case "TryStatement":
      return [node.block as Node];
    default:
      return [];
  }
}

/** What an expression looks at; not what it calls, nor what functions in it do. */
function pathsIn(expression: Node): string[][] {
  const paths: string[][] = [];
  const waiting: Node[] = [expression];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const path = pathOf(node);
    if (path) {
      paths.push(path.slice(0, longestPath));
      continue;
    }
    if (/Function|Class|^TS.*(Type|Keyword)/.test(node.type)) continue;
    for (const key of visitorKeys[node.type] ?? []) {
      const children = [node[key]].flat() as (Node | null | undefined)[];
      for (const child of children) {
        if (!child || (key === "callee" && child.type === "Identifier")) continue;
        waiting.push(child);
      }
    }
  }
  return paths;
}

/** `a.b?.c` as its names; undefined for all else. */
function pathOf(expression: Node): string[] | undefined {
  const names: string[] = [];
  for (let node = expression; ; ) {
    if (node.type === "Identifier") return [...names, node.name as string].reverse();
    if (
      node.type === "ChainExpression" ||
      node.type === "TSNonNullExpression" ||
      node.type === "ParenthesizedExpression"
    )
      node = node.expression as Node;
    else if (
      node.type === "MemberExpression" &&
      !node.computed &&
      (node.property as Node).type === "Identifier"
    ) {
      names.push((node.property as Node).name as string);
      node = node.object as Node;
    } else return undefined;
  }
}
