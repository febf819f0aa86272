import MagicString from "magic-string";
import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";

/** Modules an example may import from. */
export type Modules = Readonly<Record<string, () => Promise<Record<string, unknown>>>>;

/** One `expression; // => value` of an example, evaluated. */
export interface Checked {
  readonly code: string;
  readonly expected: string;
  readonly actual: unknown;
}

/**
 * Runs an example as a module: its imports are taken from `modules`, its types are stripped, and every expression
 * statement followed by `// => value` on its last line is handed back with its value.
 */
export async function runExample(code: string, modules: Modules): Promise<Checked[]> {
  const { program, errors } = parseSync("example.ts", code, { lang: "ts", sourceType: "module" });
  if (errors.length > 0) throw new SyntaxError(errors.map(({ message }) => message).join("; "));
  const edited = new MagicString(code);
  const expectations: { code: string; expected: string }[] = [];
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      const names = node.specifiers.flatMap((one) => {
        if (one.type !== "ImportSpecifier") throw new SyntaxError("an example imports by name");
        if (one.importKind === "type" || node.importKind === "type") return [];
        return one.imported.type === "Identifier" && one.imported.name !== one.local.name
          ? `${one.imported.name}: ${one.local.name}`
          : one.local.name;
      });
      const load = `await __load(${JSON.stringify(node.source.value)})`;
      edited.overwrite(node.start, node.end, `const { ${names.join(", ")} } = ${load};`);
    } else if (node.type === "ExpressionStatement") {
      const expected = /^[ \t]*\/\/ => (.*)$/m.exec(code.slice(node.end).split("\n")[0]!)?.[1];
      if (expected === undefined) continue;
      const { start, end } = node.expression;
      edited.appendLeft(start, `await __check(${expectations.length}, (`).appendRight(end, "))");
      expectations.push({ code: code.slice(start, end), expected: expected.trim() });
    }
  }
  const { code: plain } = transformSync("example.ts", `async () => {\n${edited.toString()}\n}`, {
    lang: "ts",
  });
  const checked: Checked[] = [];
  const load = (name: string) => {
    const module = modules[name];
    if (!module) throw new Error(`an example may import ${Object.keys(modules).join(", ")}, got ${name}`);
    return module();
  };
  const check = async (index: number, value: unknown) => {
    checked.push({ ...expectations[index]!, actual: await value });
  };
  const body = new Function("__load", "__check", `return (${plain.trim().replace(/;$/, "")})()`);
  await body(load, check);
  return checked;
}

/** Whether a value is what the comment says: a number to the digits shown, anything else by its literal. */
export function matches(actual: unknown, expected: string): boolean {
  if (typeof actual === "number" && /^-?[\d.]+(e[+-]?\d+)?$/i.test(expected)) {
    const target = Number(expected);
    const [, mantissa, exponent = "0"] = /^-?([\d.]+)(?:e([+-]?\d+))?$/i.exec(expected)!;
    const decimals = mantissa!.split(".")[1]?.length;
    // Whole numbers are meant exactly; others to half a unit of their last digit.
    if (decimals === undefined && exponent === "0")
      return Math.abs(actual - target) <= 1e-12 * Math.abs(target);
    return Math.abs(actual - target) <= 0.5000001 * 10 ** (Number(exponent) - (decimals ?? 0));
  }
  const literal = new Function(`"use strict"; return (${expected})`)();
  return alike(actual, literal);
}

function alike(actual: unknown, literal: unknown): boolean {
  if (typeof actual === "number" && typeof literal === "number") {
    return Object.is(actual, literal) || Math.abs(actual - literal) <= 1e-3 * Math.abs(literal);
  }
  if (literal === null || typeof literal !== "object") return Object.is(actual, literal);
  if (actual === null || typeof actual !== "object") return false;
  if (Array.isArray(literal) && (actual as ArrayLike<unknown>).length !== literal.length) return false;
  return Object.entries(literal).every(([key, value]) =>
    alike((actual as Record<string, unknown>)[key], value),
  );
}
