/** An ESTree node, as loosely typed as a walker needs it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  declaration?: Node | null;
  source?: { value: string } | null;
  [key: string]: unknown;
}

/** The names a binding pattern declares. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((each) =>
        boundNames((each.value ?? each.argument) as Node),
      );
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap((each) => (each ? boundNames(each) : []));
    case "AssignmentPattern":
      return boundNames(pattern.left as Node);
    case "RestElement":
      return boundNames(pattern.argument as Node);
    default:
      return [];
  }
}

export interface HoistedVar {
  declaration: Node;
  isLoopHead: boolean;
}

const statementKeys = ["body", "block", "handler", "finalizer", "consequent", "alternate", "cases"] as const;

/** Every `var` declaration inside a statement that its function (here: the cell) owns. */
export function hoistedVars(statement: Node): HoistedVar[] {
  const found: HoistedVar[] = [];
  const visit = (node: Node, isLoopHead = false): void => {
    if (/Function|Class/.test(node.type)) return;
    if (node.type === "VariableDeclaration") {
      if (node.kind === "var") found.push({ declaration: node, isLoopHead });
      return;
    }
    if (node.type === "ForStatement" && node.init) visit(node.init as Node, true);
    if (/^For(In|Of)Statement$/.test(node.type)) visit(node.left as Node, true);
    for (const key of statementKeys) {
      const child = node[key];
      if (Array.isArray(child)) for (const each of child) visit(each as Node);
      else if (child && typeof child === "object") visit(child as Node);
    }
  };
  visit(statement);
  return found;
}

/** Every `await` expression, in functions too. */
export function awaitsIn(nodes: Node[]): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (typeof value === "object" && value !== null) {
      if ((value as Node).type === "AwaitExpression") found.push(value as Node);
      for (const key in value) visit((value as Node)[key]);
    }
  };
  visit(nodes);
  return found;
}
