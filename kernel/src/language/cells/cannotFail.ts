import type { ParsedCell } from "./parseCell.ts";
import { reserved } from "./reservedNames.ts";
import type { SessionNames } from "./sessionNames.ts";

interface Node {
  type: string;
  [key: string]: unknown;
}

const arithmetic = new Set(["+", "-", "*", "/", "%"]);
const printing = new Set(["log", "error", "info", "warn", "debug"]);

/**
 * Whether a cell can be seen to hold no type error: literals, arithmetic of number literals, names of the
 * session on their own, and printing those. Such a cell need not wait for the checker.
 */
export function cannotFail({ result, errors }: ParsedCell, session: SessionNames): boolean {
  if (errors.length > 0 || result.comments.some(({ value }) => value.includes("@ts-"))) return false;
  const isKnown = (name: string) => {
    const known = session.names.get(name);
    return known?.kind === "const" || known?.kind === "function" || known?.kind === "class";
  };
  const isSafe = (node: Node): boolean => {
    switch (node.type) {
      case "Literal":
        return true;
      case "ParenthesizedExpression":
        return isSafe(node.expression as Node);
      case "TemplateLiteral":
        return (node.expressions as Node[]).every(isSafe);
      case "Identifier":
        return isKnown(node.name as string) && !(node.name as string).startsWith(reserved);
      case "ArrayExpression":
        return (node.elements as (Node | null)[]).every((each) => each !== null && isSafe(each));
      case "UnaryExpression":
        return node.operator === "-" && isNumber(node.argument as Node);
      case "BinaryExpression":
        return isNumber(node);
      case "CallExpression":
        return isPrinting(node.callee as Node) && (node.arguments as Node[]).every(isSafe);
      default:
        return false;
    }
  };
  const isPrinting = ({ type, object, property, computed }: Node): boolean =>
    type === "MemberExpression" &&
    !computed &&
    (object as Node).name === "console" &&
    printing.has(String((property as Node).name)) &&
    !session.names.has("console");
  const body = result.program.body as unknown as Node[];
  return body.every(({ type, expression }) => type === "ExpressionStatement" && isSafe(expression as Node));
}

function isNumber(node: Node): boolean {
  if (node.type === "Literal") return typeof node.value === "number";
  if (node.type === "ParenthesizedExpression") return isNumber(node.expression as Node);
  if (node.type !== "BinaryExpression") return false;
  return (
    arithmetic.has(node.operator as string) && isNumber(node.left as Node) && isNumber(node.right as Node)
  );
}
