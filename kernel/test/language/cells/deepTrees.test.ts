import { describe, expect, it } from "vitest";
import { analyzeCell } from "../../../src/language/cells/analyzeCell.ts";
import { certaintyOf } from "../../../src/language/cells/cannotFail.ts";
import type { ParsedCell } from "../../../src/language/cells/parseCell.ts";
import { awaitsIn, boundNames, hoistedVars, type Node } from "../../../src/session/compile/syntax.ts";

const depth = 60_000;
let at = 0;

/** A tree made by wrapping what is inside again and again; no parser, so no limit but the walk's own. */
function nested(inner: Node, wrap: (inside: Node) => object): Node {
  let node = inner;
  for (let level = 0; level < depth; level++) node = { start: 0, end: 1, ...wrap(node) } as Node;
  return node;
}
const node = (type: string, rest: object = {}): Node => ({ type, start: at++, end: at, ...rest }) as Node;
const name = (text: string) => node("Identifier", { name: text });
const literal = node("Literal", { value: 1 });
const variable = node("VariableDeclaration", {
  kind: "var",
  declarations: [node("VariableDeclarator", { id: name("v"), init: null })],
});
const cell = (statement: Node): ParsedCell =>
  ({
    result: { program: { type: "Program", start: 0, end: 1, body: [statement] }, comments: [] },
    errors: [],
    hasJsx: false,
    isObjectLiteral: false,
  }) as never;
const expression = (inner: Node) => node("ExpressionStatement", { expression: inner });

const expressions: Record<string, (inside: Node) => object> = {
  "sum on the left": (left) => ({ type: "BinaryExpression", operator: "+", left, right: literal }),
  "sum on the right": (right) => ({ type: "BinaryExpression", operator: "+", left: literal, right }),
  parentheses: (inside) => ({ type: "ParenthesizedExpression", expression: inside }),
  arrays: (inside) => ({ type: "ArrayExpression", elements: [inside] }),
  objects: (value) => ({
    type: "ObjectExpression",
    properties: [{ type: "Property", key: name("a"), value, start: 0, end: 1 }],
  }),
  unary: (argument) => ({ type: "UnaryExpression", operator: "!", argument }),
  await: (argument) => ({ type: "AwaitExpression", argument }),
  calls: (callee) => ({ type: "CallExpression", callee, arguments: [] }),
  "nested calls": (inside) => ({ type: "CallExpression", callee: name("f"), arguments: [inside] }),
  members: (object) => ({ type: "MemberExpression", object, property: name("a"), computed: false }),
  templates: (inside) => ({ type: "TemplateLiteral", quasis: [], expressions: [inside] }),
  ternaries: (alternate) => ({
    type: "ConditionalExpression",
    test: literal,
    consequent: literal,
    alternate,
  }),
  arrows: (body) => ({ type: "ArrowFunctionExpression", params: [], body }),
  assignments: (right) => ({ type: "AssignmentExpression", operator: "=", left: name("a"), right }),
  spreads: (argument) => ({ type: "ArrayExpression", elements: [{ type: "SpreadElement", argument }] }),
};
const statements: Record<string, (inside: Node) => object> = {
  blocks: (inside) => ({ type: "BlockStatement", body: [inside] }),
  ifs: (consequent) => ({ type: "IfStatement", test: literal, consequent, alternate: null }),
  "else ifs": (alternate) => ({ type: "IfStatement", test: literal, consequent: literal, alternate }),
  loops: (body) => ({ type: "WhileStatement", test: literal, body }),
  labels: (body) => ({ type: "LabeledStatement", label: name("l"), body }),
  tries: (inside) => ({
    type: "TryStatement",
    block: { type: "BlockStatement", body: [inside] },
    handler: null,
    finalizer: null,
  }),
  switches: (inside) => ({
    type: "SwitchStatement",
    discriminant: literal,
    cases: [{ type: "SwitchCase", test: null, consequent: [inside] }],
  }),
};
const patterns: Record<string, (inside: Node) => object> = {
  "array patterns": (inside) => ({ type: "ArrayPattern", elements: [null, inside] }),
  "object patterns": (value) => ({ type: "ObjectPattern", properties: [{ type: "Property", value }] }),
  defaults: (left) => ({ type: "AssignmentPattern", left, right: literal }),
  rests: (argument) => ({ type: "RestElement", argument }),
};

describe(`walks of a tree ${depth} levels deep`, () => {
  it.each(Object.entries(expressions))("%s as an expression", (kind, wrap) => {
    const tree = nested(literal, wrap);
    expect(awaitsIn([tree]).awaits).toHaveLength(kind === "await" ? depth : 0);
    expect(analyzeCell(cell(expression(tree))).depth).toBeGreaterThanOrEqual(depth);
    certaintyOf(cell(expression(tree)));
  });

  it.each(Object.entries(statements))("%s around a var", (_, wrap) => {
    const tree = nested(variable, wrap);
    expect(hoistedVars(tree)).toMatchObject([{ declaration: variable, isLoopHead: false }]);
    expect([...analyzeCell(cell(tree)).declarations.keys()]).toEqual(["v"]);
  });

  it.each(Object.entries(patterns))("%s around a name", (_, wrap) => {
    const id = nested(name("x"), wrap);
    expect(boundNames(id)).toEqual(["x"]);
    const declaration = node("VariableDeclaration", { kind: "const", declarations: [{ id, init: null }] });
    expect([...analyzeCell(cell(declaration)).declarations.keys()]).toEqual(["x"]);
  });

  it("sees that literals, sums and arrays cannot fail, and a sum with a text can", () => {
    const certain = (inner: Node, kind: string) =>
      certaintyOf(cell(expression(nested(inner, expressions[kind]!)))) !== undefined;
    expect(certain(literal, "sum on the left")).toBe(true);
    expect(certain(literal, "arrays")).toBe(true);
    expect(certain(literal, "parentheses")).toBe(true);
    expect(certain(node("Literal", { value: "text" }), "sum on the left")).toBe(false);
    expect(certain(literal, "unary")).toBe(false);
  });
});
