import { exp } from "../../numerics/exp.ts";

/** What an operation of formulas gives for numbers, and the JavaScript that gives the same for names that hold them. */
export interface OperationRule {
  compute(x: number, y: number, z: number): number;
  /** Pieces of text: what is between the arguments is ours, so nothing else gets into compiled code. */
  code(x: string, y: string, z: string): readonly string[];
}

/**
 * Numbers this near, as a share of themselves, count as equal in comparisons, as in mathjs: a variable reaches a kernel
 * as its logarithm, and `exp(log(1e9))` is not 1e9 to the last bit.
 */
const near = 1e-12;

/** As compiled code has it; the operator `**` may round otherwise. */
const { pow } = Math;

/** Of the smaller, and never infinite: a number is as far from infinity as can be. */
const gap = (x: number, y: number) => near * Math.min(Math.abs(x), Math.abs(y), Number.MAX_VALUE);
const gapCode = (x: string, y: string) => [
  `${near} * Math.min(Math.abs(`,
  x,
  "), Math.abs(",
  y,
  "), Number.MAX_VALUE)",
];

function infix(fn: "+" | "-" | "*" | "/", compute: OperationRule["compute"]): OperationRule {
  return { compute, code: (x, y) => [x, fn, y] };
}

/** A function of one number that JavaScript's Math has under the same name. */
function ofMath(fn: UnaryFunction): OperationRule {
  const compute = Math[fn];
  return { compute: (x) => compute(x), code: (x) => [`Math.${fn}(`, x, ")"] };
}

/** Functions of one number that formulas have under the names of Math. */
const unaryNames =
  "exp log sqrt cbrt abs sign log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh";
export const unary = unaryNames.split(" ") as UnaryFunction[];

type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text;

type UnaryFunction = Words<typeof unaryNames>;
type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** `?` is condition, value if it is not 0, value otherwise. Comparisons give 1 or 0. */
export type Operation =
  | "+"
  | "-"
  | "*"
  | "/"
  | "^"
  | "min"
  | "max"
  | "floor"
  | "ceil"
  | "?"
  | UnaryFunction
  | Comparison;

/** All operations that an expression may hold; what a formula's text may say beside them is made of these. */
export const operations: Readonly<Record<Operation, OperationRule>> = {
  "+": infix("+", (x, y) => x + y),
  "-": infix("-", (x, y) => x - y),
  "*": infix("*", (x, y) => x * y),
  "/": infix("/", (x, y) => x / y),
  "^": { compute: (x, y) => pow(x, y), code: (x, y) => ["Math.pow(", x, ",", y, ")"] },
  min: { compute: (x, y) => Math.min(x, y), code: (x, y) => ["Math.min(", x, ",", y, ")"] },
  max: { compute: (x, y) => Math.max(x, y), code: (x, y) => ["Math.max(", x, ",", y, ")"] },
  floor: {
    compute: (x) => Math.floor(x + near * Math.abs(x)),
    code: (x) => ["Math.floor(", x, `+ ${near} * Math.abs(`, x, "))"],
  },
  ceil: {
    compute: (x) => Math.ceil(x - near * Math.abs(x)),
    code: (x) => ["Math.ceil(", x, `- ${near} * Math.abs(`, x, "))"],
  },
  "?": { compute: (x, y, z) => (x ? y : z), code: (x, y, z) => [x, "?", y, ":", z] },
  "<": comparison(
    (x, y) => y - x > gap(x, y),
    (x, y) => [y, "-", x, ">", ...gapCode(x, y)],
  ),
  ">": comparison(
    (x, y) => x - y > gap(x, y),
    (x, y) => [x, "-", y, ">", ...gapCode(x, y)],
  ),
  "<=": comparison(
    (x, y) => x <= y || x - y <= gap(x, y),
    (x, y) => [x, "<=", y, "||", x, "-", y, "<=", ...gapCode(x, y)],
  ),
  ">=": comparison(
    (x, y) => x >= y || y - x <= gap(x, y),
    (x, y) => [x, ">=", y, "||", y, "-", x, "<=", ...gapCode(x, y)],
  ),
  "==": comparison(
    (x, y) => x === y || Math.abs(x - y) <= gap(x, y),
    (x, y) => [x, "===", y, "|| Math.abs(", x, "-", y, ") <=", ...gapCode(x, y)],
  ),
  "!=": comparison(
    (x, y) => Math.abs(x - y) > gap(x, y),
    (x, y) => ["Math.abs(", x, "-", y, ") >", ...gapCode(x, y)],
  ),
  ...(Object.fromEntries(unary.map((fn) => [fn, ofMath(fn)])) as Record<UnaryFunction, OperationRule>),
  exp: { compute: (x) => exp(x), code: (x) => ["exp(", x, ")"] },
};

function comparison(
  holds: (x: number, y: number) => boolean,
  code: (x: string, y: string) => readonly string[],
): OperationRule {
  return { compute: (x, y) => (holds(x, y) ? 1 : 0), code: (x, y) => [...code(x, y), "? 1 : 0"] };
}

/** Operations whose value only jumps: they have no slope anywhere that a fit could follow. */
export const steps: ReadonlySet<Operation> = new Set<Operation>([
  "<",
  "<=",
  ">",
  ">=",
  "==",
  "!=",
  "sign",
  "floor",
  "ceil",
]);
