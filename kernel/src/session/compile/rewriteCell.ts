import { parseSync } from "oxc-parser";
import { PiecedText } from "../maps/PiecedText.ts";
import type { Piece } from "../maps/pieces.ts";
import { bindImports } from "./bindImports.ts";
import type { HoistedVar, Node } from "./syntax.ts";
import { awaitsIn, boundNames, hoistedVars } from "./syntax.ts";

export interface RewrittenCell {
  /** An arrow function expression `async ($import, $meta, $using, $resumed) => …` that resolves to `{ value }` or undefined. */
  code: string;
  /** Where `code` comes from in the JavaScript that was rewritten. */
  pieces: Piece[];
  /** Names that must exist as session variables before the code runs. */
  names: Set<string>;
}

/**
 * Turns a cell, already JavaScript, into an async function whose top-level declarations assign session
 * variables: `const x = 1` becomes `x = 1`, so that every cell can declare `x` anew, a function written
 * earlier sees the new value, and what was declared before a throw stays. Imports become awaited calls of
 * `$import`; the value of a last expression statement is returned in an object (a promise must not be
 * awaited by accident). After each await `$resumed` looks whether the cell was interrupted meanwhile.
 */
export function rewriteCell(file: string, javaScript: string, mark: string): RewrittenCell {
  const { program, module } = parseSync(file, javaScript, { sourceType: "module", lang: "js" });
  const text = new PiecedText(javaScript);
  const names = new Set<string>();
  const body = (program.body as unknown as Node[]).filter((statement) => !isEmpty(statement));
  if (javaScript.includes("await")) {
    const { awaits, bodies } = awaitsIn(program.body as unknown as Node[]);
    for (const { start, end } of awaits) {
      text.prependRight(start, `${mark}resumed(`);
      text.appendLeft(end, ")");
    }
    for (const body of bodies) lookFirst(body, text, mark);
  }
  for (const statement of program.body as unknown as Node[]) {
    if (isEmpty(statement)) text.remove(statement.start, statement.end);
  }
  for (const [index, statement] of body.entries()) {
    const isLast = index === body.length - 1;
    rewriteStatement(statement, { text, names, isLast, mark });
  }
  for (const { start } of module.dynamicImports) {
    text.overwrite(start, start + "import".length, `${mark}import`);
  }
  for (const { start, end } of module.importMetas) text.overwrite(start, end, `${mark}meta`);
  const parameters = ["import", "meta", "using", "resumed"].map((name) => mark + name);
  const built = text.build(`(async (${parameters.join(", ")}) => { "use strict";`, "\n})");
  return { code: built.text, pieces: built.pieces, names };
}

/** A round of a `for await` begins with the same look (but for a bare `var`, which braces would cut short). */
function lookFirst(body: Node, text: PiecedText, mark: string): void {
  const { type, start, end } = body;
  if (type === "BlockStatement") text.appendRight(start + 1, ` ${mark}resumed();`);
  else if (hoistedVars(body).length === 0) {
    text.prependRight(start, `{ ${mark}resumed(); `);
    text.appendLeft(end, " }");
  }
}

/** `;` and the `export {};` that marks a module do not hide the value before them. */
function isEmpty({ type, declaration, source, specifiers }: Node): boolean {
  if (type === "EmptyStatement") return true;
  return type === "ExportNamedDeclaration" && !declaration && !source && (specifiers as Node[]).length === 0;
}

interface Context {
  text: PiecedText;
  names: Set<string>;
  isLast: boolean;
  /** What the kernel's names begin with. */
  mark: string;
}

function rewriteStatement(statement: Node, context: Context): void {
  const { text, names, isLast, mark } = context;
  switch (statement.type) {
    case "ImportDeclaration": {
      const bound = bindImports(statement, mark);
      for (const name of bound.names) names.add(name);
      text.overwrite(statement.start, statement.end, bound.code);
      toFront(statement, text);
      break;
    }
    case "ExportNamedDeclaration":
      if (statement.declaration) {
        text.remove(statement.start, statement.declaration.start);
        rewriteStatement(statement.declaration, { ...context, isLast: false });
      } else {
        const source = statement.source
          ? `await ${mark}import(${JSON.stringify(statement.source.value)});`
          : "";
        replace(text, statement, source);
      }
      break;
    case "ExportAllDeclaration":
      replace(text, statement, `await ${mark}import(${JSON.stringify(statement.source?.value)});`);
      break;
    case "ExportDefaultDeclaration":
      rewriteDefaultExport(statement, context);
      break;
    case "FunctionDeclaration":
      hoistFunction(statement, context);
      break;
    case "ClassDeclaration": {
      const name = (statement.id as Node).name as string;
      names.add(name);
      text.prependRight(statement.start, `;${name} = `);
      text.appendLeft(statement.end, ";");
      break;
    }
    case "VariableDeclaration":
      assign(statement, context, ";");
      break;
    case "ExpressionStatement":
      if (isLast) returnValue(statement.expression as Node, statement, context);
      break;
    default:
      for (const each of hoistedVars(statement)) assignInside(each, context);
  }
}

function replace(text: PiecedText, node: { start: number; end: number }, code: string): void {
  if (node.start === node.end) text.prependRight(node.start, code);
  else if (code) text.overwrite(node.start, node.end, code);
  else text.remove(node.start, node.end);
}

function rewriteDefaultExport(statement: Node, context: Context): void {
  const declaration = statement.declaration as Node;
  context.text.remove(statement.start, declaration.start);
  const isNamed = declaration.id && /^(Function|Class)Declaration$/.test(declaration.type);
  if (isNamed) rewriteStatement(declaration, { ...context, isLast: false });
  else if (context.isLast) returnValue(declaration, statement, context);
  else context.text.prependRight(declaration.start, ";void ");
}

/** `function f() {}` becomes `f = function () {};` in front: unnamed, so that recursion follows a new `f`. */
function hoistFunction(statement: Node, { text, names }: Context): void {
  const id = statement.id as Node;
  names.add(id.name as string);
  text.remove(id.start, id.end);
  text.prependRight(statement.start, `;${id.name as string} = `);
  text.appendLeft(statement.end, ";");
  toFront(statement, text);
}

/** Several moves keep their order; what stands first already stays. */
function toFront(statement: Node, text: PiecedText): void {
  if (statement.start > 0) text.toFront(statement.start, statement.end);
}

function returnValue(expression: Node, statement: Node, { text }: Context): void {
  replace(text, { start: statement.start, end: expression.start }, ";return { __proto__: null, value: (");
  text.appendLeft(expression.end, "\n) }");
}

/** `let a = 1, b;` becomes `;a = 1, b = undefined`; patterns get parentheses. */
function assign(declaration: Node, context: Context, before: string): void {
  const { text, names } = context;
  const declarators = declaration.declarations as Node[];
  const first = declarators[0] as Node;
  replace(text, { start: declaration.start, end: first.start }, before);
  for (const declarator of declarators) {
    for (const name of boundNames(declarator.id as Node)) names.add(name);
    assignOne(declarator, declaration.kind === "var", text);
  }
}

function assignOne(declarator: Node, isVar: boolean, text: PiecedText): void {
  const id = declarator.id as Node;
  if (!declarator.init) {
    // `var x;` keeps a value that x already has
    text.appendLeft(id.end, isVar ? "" : " = undefined");
  } else if (id.type !== "Identifier") {
    text.prependRight(id.start, "(");
    text.appendLeft(declarator.end, ")");
  }
}

/** A `var` inside a block or a loop head belongs to the session as well. */
function assignInside({ declaration, isLoopHead, isBare }: HoistedVar, context: Context) {
  if (!isLoopHead) {
    assign(declaration, context, isBare ? "{ " : ";");
    if (isBare) context.text.appendLeft(declaration.end, " }");
    return;
  }
  const { text, names } = context;
  const declarators = declaration.declarations as Node[];
  text.remove(declaration.start, (declarators[0] as Node).start);
  for (const declarator of declarators) {
    for (const name of boundNames(declarator.id as Node)) names.add(name);
    if (declarator.init) assignOne(declarator, true, text);
  }
}
