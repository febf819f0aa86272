import { parseSync, visitorKeys } from "oxc-parser";

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** More than fits a tooltip anyway. */
const longestSource = 200;

/** The text of the declaration of a function, class or variable whose name stands at an offset of a file. */
export function declarationAt(path: string, text: string, offset: number): string | undefined {
  const { program } = parseSync(path, text, { sourceType: "module" });
  const found = innermost(program as unknown as Node, offset);
  return found && shorten(text.slice(found.start, found.end));
}

const declarations =
  /^(TS)?(Function|DeclareFunction|Class|Variable|Interface|TypeAlias|Enum|Module)(Declaration)?$/;
const members =
  /^(TS)?(MethodDefinition|PropertyDefinition|MethodSignature|PropertySignature|AbstractMethodDefinition)$/;

/** The innermost declaration whose name stands at the offset. */
function innermost(program: Node, offset: number): Node | undefined {
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
