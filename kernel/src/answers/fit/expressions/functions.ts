import type { Value } from "./Expression.ts";

/** What a function takes and gives. */
export interface FunctionOf {
  readonly takes: readonly ("number" | "text")[];
  /** Whether more arguments of the last kind may follow. */
  readonly more?: boolean;
  readonly gives: "number" | "condition";
  readonly of: (...args: never[]) => Value;
}

const one = (of: (x: number) => number): FunctionOf => ({ takes: ["number"], gives: "number", of });

/** The functions of expressions about columns. */
export const functions: ReadonlyMap<string, FunctionOf> = new Map(
  Object.entries<FunctionOf>({
    abs: one(Math.abs),
    ceil: one(Math.ceil),
    exp: one(Math.exp),
    floor: one(Math.floor),
    ln: one(Math.log),
    log: one(Math.log),
    log10: one(Math.log10),
    log2: one(Math.log2),
    round: one(Math.round),
    sqrt: one(Math.sqrt),
    min: { takes: ["number"], more: true, gives: "number", of: Math.min },
    max: { takes: ["number"], more: true, gives: "number", of: Math.max },
    if: {
      takes: ["number", "number", "number"],
      gives: "number",
      of: (condition: number, yes: number, no: number) => (condition ? yes : no),
    },
    contains: {
      takes: ["text", "text"],
      gives: "condition",
      of: (text: string, part: string) => text.includes(part),
    },
    startsWith: {
      takes: ["text", "text"],
      gives: "condition",
      of: (text: string, part: string) => text.startsWith(part),
    },
    endsWith: {
      takes: ["text", "text"],
      gives: "condition",
      of: (text: string, part: string) => text.endsWith(part),
    },
    empty: { takes: ["text"], gives: "condition", of: (text: string) => text.trim() === "" },
  }),
);

/** The operators between two operands, with what they take. */
export const operators: Readonly<Record<string, (a: never, b: never) => Value>> = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "%": (a: number, b: number) => a % b,
  "^": (a: number, b: number) => a ** b,
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
  "==": (a: Value, b: Value) => a === b,
  "!=": (a: Value, b: Value) => a !== b,
};
