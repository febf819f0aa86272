/** An ESTree node, as loosely typed as a walker needs it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  declaration?: Node | null;
  source?: { value: string } | null;
  [key: string]: unknown;
}

/**
 * The names a binding pattern declares. Like every walk of a cell here it keeps its own stack: the depth of a
 * cell is the user's, and a function that calls itself for each level would run out of stack.
 */
export function boundNames(pattern: Node): string[] {
  const names: string[] = [];
  const waiting: (Node | null)[] = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node?.type === "Identifier") names.push(node.name as string);
    else if (node) pushAll(waiting, targetsIn(node));
  }
  return names;
}

/** What a pattern consists of, one level down. */
function targetsIn(pattern: Node): (Node | null)[] {
  switch (pattern.type) {
    case "ObjectPattern":
      return (pattern.properties as Node[]).map((each) => (each.value ?? each.argument) as Node);
    case "ArrayPattern":
      return pattern.elements as (Node | null)[];
    case "AssignmentPattern":
      return [pattern.left as Node];
    case "RestElement":
      return [pattern.argument as Node];
    default:
      return [];
  }
}

/** Onto a stack, so that they come off in their own order; `push(...all)` has no room for 200,000. */
function pushAll<T>(stack: T[], all: readonly T[]): void {
  for (let index = all.length - 1; index >= 0; index--) stack.push(all[index] as T);
}

export interface HoistedVar {
  declaration: Node;
  isLoopHead: boolean;
  /** It is all there is of a loop's body, a branch or what a label names: several statements need braces there. */
  isBare: boolean;
}

const statementKeys = ["body", "block", "handler", "finalizer", "consequent", "alternate", "cases"] as const;

/** Every `var` declaration inside a statement that its function (here: the cell) owns. */
export function hoistedVars(statement: Node): HoistedVar[] {
  const found: HoistedVar[] = [];
  const waiting: Inside[] = [{ node: statement, isLoopHead: false, isBare: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, isLoopHead, isBare } = next;
    if (/Function|Class/.test(node.type)) continue;
    if (node.type === "VariableDeclaration") {
      if (node.kind === "var") found.push({ declaration: node, isLoopHead, isBare });
      continue;
    }
    pushAll(waiting, statementsIn(node));
  }
  return found;
}

interface Inside {
  node: Node;
  isLoopHead: boolean;
  isBare: boolean;
}

function statementsIn(node: Node): Inside[] {
  const inside: Inside[] = [];
  const head = { isLoopHead: true, isBare: false };
  if (node.type === "ForStatement" && node.init) inside.push({ node: node.init as Node, ...head });
  if (/^For(In|Of)Statement$/.test(node.type)) inside.push({ node: node.left as Node, ...head });
  for (const key of statementKeys) {
    const child = node[key];
    if (Array.isArray(child))
      for (const each of child) inside.push({ node: each as Node, isLoopHead: false, isBare: false });
    else if (child && typeof child === "object")
      inside.push({ node: child as Node, isLoopHead: false, isBare: true });
  }
  return inside;
}

/** Every `await` expression and every body of a `for await`, in functions too. */
export function awaitsIn(nodes: Node[]): { awaits: Node[]; bodies: Node[] } {
  const awaits: Node[] = [];
  const bodies: Node[] = [];
  const waiting: unknown[] = [nodes];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) pushAll(waiting, value);
    else if (typeof value === "object" && value !== null) {
      const node = value as Node;
      if (node.type === "AwaitExpression") awaits.push(node);
      if (node.type === "ForOfStatement" && node.await) bodies.push(node.body as Node);
      pushAll(waiting, Object.values(value));
    }
  }
  return { awaits, bodies };
}
