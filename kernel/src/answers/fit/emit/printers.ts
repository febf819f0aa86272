import { escapeLatex } from "../tables.ts";

/** How a language writes a formula. */
export interface Printer {
  number(value: number): string;
  name(name: string): string;
  call(name: string, args: readonly string[]): string;
  binary(operator: string, left: string, right: string): string;
  negative(operand: string): string;
  condition(test: string, yes: string, no: string): string;
  group(inside: string): string;
}

const pythonFunctions: Readonly<Record<string, string>> = {
  ln: "math.log",
  log: "math.log",
  abs: "abs",
  min: "min",
  max: "max",
};
const pythonWords = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield math".split(
    " ",
  ),
);
const scriptWords = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield Math".split(
    " ",
  ),
);

export const python: Printer = {
  number: (value) => (value < 0 ? `(${value})` : String(value)),
  name: (name) => (pythonWords.has(name) ? `${name}_` : name),
  call: (name, args) => {
    if (name === "sign") return `((${args[0]} > 0) - (${args[0]} < 0))`;
    // Its own round goes to even numbers, and cbrt came with 3.11.
    if (name === "round") return `math.floor(${args[0]} + 0.5)`;
    if (name === "cbrt") return `math.copysign(abs(${args[0]}) ** (1 / 3), ${args[0]})`;
    return `${pythonFunctions[name] ?? `math.${name}`}(${args.join(", ")})`;
  },
  binary(operator, left, right) {
    if (operator !== "^") return `${left} ${operator} ${right}`;
    // Whole numbers have as many digits as it takes, which may be millions.
    return `${left}${/^\d+$/.test(left) ? ".0" : ""} ** ${right}`;
  },
  negative: (operand) => `-${operand}`,
  condition: (test, yes, no) => `(${yes} if ${test} else ${no})`,
  group: (inside) => `(${inside})`,
};

export const javascript: Printer = {
  number: (value) => (value < 0 ? `(${value})` : String(value)),
  name: (name) => (scriptWords.has(name) ? `${name}_` : name),
  call: (name, args) => `Math.${name === "ln" ? "log" : name}(${args.join(", ")})`,
  binary: (operator, left, right) => {
    if (!["==", "!="].includes(operator)) return `${left} ${operator === "^" ? "**" : operator} ${right}`;
    // Of numbers: a comparison within gives true, which is not === 1.
    return `+(${left}) ${operator}= +(${right})`;
  },
  negative: (operand) => `-${operand}`,
  condition: (test, yes, no) => `(${test} ? ${yes} : ${no})`,
  group: (inside) => `(${inside})`,
};

const texSigns: Readonly<Record<string, string>> = {
  "*": "\\,",
  "<=": "\\le",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
};
const texFunctions: Readonly<Record<string, string>> = {
  ln: "\\ln",
  log: "\\ln",
  exp: "\\exp",
  min: "\\min",
  max: "\\max",
};
const texNames: Readonly<Record<string, string>> = { nParams: "N", nTokens: "D", flops: "C", loss: "L" };

export const tex: Printer = {
  number: texNumber,
  name: texName,
  call(name, args) {
    if (name === "sqrt") return `\\sqrt{${args[0]}}`;
    if (name === "cbrt") return `\\sqrt[3]{${args[0]}}`;
    if (name === "abs") return `\\left|${args[0]}\\right|`;
    if (name === "floor" || name === "ceil") return `\\left\\l${name} ${args[0]} \\right\\r${name}`;
    if (name === "log10" || name === "log2") {
      return `\\log_{${name.slice(3)}}\\left(${args[0]}\\right)`;
    }
    return `${texFunctions[name] ?? `\\operatorname{${name}}`}\\left(${args.join(", ")}\\right)`;
  },
  binary(operator, left, right) {
    if (operator === "/") return `\\frac{${left}}{${right}}`;
    if (operator === "^") return `${left}^{${right}}`;
    // Two numbers side by side would read as one.
    if (operator === "*" && /^[\d.]/.test(right)) return `${left} \\cdot ${right}`;
    return `${left} ${texSigns[operator] ?? operator} ${right}`;
  },
  negative: (operand) => `-${operand}`,
  condition: (test, yes, no) => `\\begin{cases} ${yes} & ${test} \\\\ ${no} & \\text{else} \\end{cases}`,
  group: (inside) => `\\left(${inside}\\right)`,
};

/** Five digits, with a power of ten where it has many. */
export function texNumber(value: number): string {
  const rounded = Number(value.toPrecision(5));
  const text = String(
    Math.abs(rounded) >= 1e6 || (rounded !== 0 && Math.abs(rounded) < 1e-4)
      ? rounded.toExponential()
      : rounded,
  );
  const [digits, exponent] = text.split("e");
  return exponent === undefined ? text : `${digits} \\times 10^{${Number(exponent)}}`;
}

/** A field as a letter where it is a usual one, else upright. */
export function texName(name: string): string {
  const own = texNames[name] ?? (/^\p{L}$/u.test(name) ? name : undefined);
  if (own !== undefined) return own;
  // Letters stand in formulas as they are; blanks and other signs only in texts.
  const font = /^[\p{L}\p{N}_]+$/u.test(name) ? "mathrm" : "text";
  return `\\${font}{${escapeLatex(name)}}`;
}
