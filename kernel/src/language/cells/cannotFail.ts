import type { ParsedCell } from "./parseCell.ts";
import { reserved } from "./reservedNames.ts";
import type { SessionNames } from "./sessionNames.ts";

interface Node {
  type: string;
  [key: string]: unknown;
}

/** What a cell needs of the session to be seen without type error. */
export interface Certainty {
  /** Names that must be constants, functions or classes of the session. */
  names: ReadonlySet<string>;
  /** It prints, so `console` must be Node's. */
  prints: boolean;
}

const arithmetic = new Set(["+", "-", "*", "/", "%"]);
const printing = new Set(["log", "error", "info", "warn", "debug"]);

/**
 * Whether a cell can be seen to hold no type error: literals, arithmetic of number literals, names of the
 * session on their own, and printing those. Such a cell need not wait for the checker.
 */
export function cannotFail(certainty: Certainty | undefined, session: SessionNames): boolean {
  if (!certainty || (certainty.prints && session.names.has("console"))) return false;
  return [...certainty.names].every((name) =>
    /^(const|function|class)$/.test(session.names.get(name)?.kind ?? ""),
  );
}

/** Under which condition a cell cannot fail; undefined where only the checker can tell. */
export function certaintyOf({ result, errors }: ParsedCell): Certainty | undefined {
  if (errors.length > 0 || result.comments.some(({ value }) => value.includes("@ts-"))) return undefined;
  const body = result.program.body as unknown as Node[];
  if (body.some(({ type }) => type !== "ExpressionStatement")) return undefined;
  const certainty = { names: new Set<string>(), prints: false };
  const waiting = body.map(({ expression }) => expression as Node);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const parts = partsOfSafe(node, certainty);
    if (!parts) return undefined;
    for (const each of parts) waiting.push(each);
  }
  return certainty;
}

/** What else must be safe for this node to be; undefined where it is not. */
function partsOfSafe(node: Node, certainty: { names: Set<string>; prints: boolean }): Node[] | undefined {
  switch (node.type) {
    case "Literal":
      return [];
    case "ParenthesizedExpression":
      return [node.expression as Node];
    case "TemplateLiteral":
      return node.expressions as Node[];
    case "Identifier":
      if ((node.name as string).startsWith(reserved)) return undefined;
      certainty.names.add(node.name as string);
      return [];
    case "ArrayExpression": {
      const elements = node.elements as (Node | null)[];
      return elements.every((each) => each !== null) ? (elements as Node[]) : undefined;
    }
    case "UnaryExpression":
      return node.operator === "-" && isNumber(node.argument as Node) ? [] : undefined;
    case "BinaryExpression":
      return isNumber(node) ? [] : undefined;
    case "CallExpression":
      if (!isPrinting(node.callee as Node)) return undefined;
      certainty.prints = true;
      return node.arguments as Node[];
    default:
      return undefined;
  }
}

function isPrinting({ type, object, property, computed }: Node): boolean {
  return (
    type === "MemberExpression" &&
    !computed &&
    (object as Node).name === "console" &&
    printing.has(String((property as Node).name))
  );
}

function isNumber(expression: Node): boolean {
  const waiting = [expression];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === "Literal" && typeof node.value === "number") continue;
    if (node.type === "ParenthesizedExpression") waiting.push(node.expression as Node);
    else if (node.type === "BinaryExpression" && arithmetic.has(node.operator as string)) {
      waiting.push(node.left as Node, node.right as Node);
    } else return false;
  }
  return true;
}
