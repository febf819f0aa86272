import { boundNames, type Node } from "../../session/compile/syntax.ts";

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Every name that is bound anywhere in a program: variables, parameters and what a `catch` catches, in functions, too. */
export function localNames(program: Node): Set<string> {
  const names = new Set<string>();
  const bind = (pattern: unknown) => {
    if (isNode(pattern)) for (const name of boundNames(pattern)) names.add(name);
  };
  const waiting: Node[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "VariableDeclarator") bind(node.id);
    if (node.type === "CatchClause") bind(node.param);
    if (Array.isArray(node.params)) for (const each of node.params) bind(each);
    for (const value of Object.values(node)) {
      if (isNode(value)) waiting.push(value);
      else if (Array.isArray(value)) for (const each of value) if (isNode(each)) waiting.push(each);
    }
  }
  return names;
}
