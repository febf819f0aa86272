import type { MathNode } from "./mathjs.ts";

const greek = new Set(
  (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
  ).split(" "),
);

const call = (name: string) => (args: readonly string[]) => `${name}\\left(${args.join(", ")}\\right)`;

const functions: ReadonlyMap<string, (args: readonly string[]) => string> = new Map([
  ["log", ([x, base]: readonly string[]) => `${base ? `\\log_{${base}}` : "\\ln"}\\left(${x}\\right)`],
  ["ln", call("\\ln")],
  ["log2", call("\\log_{2}")],
  ["log10", call("\\log_{10}")],
  ["log1p", ([x]) => `\\ln\\left(1 + ${x}\\right)`],
  ["expm1", ([x]) => `\\left(\\exp\\left(${x}\\right) - 1\\right)`],
  ["sqrt", ([x]) => `\\sqrt{${x}}`],
  ["cbrt", ([x]) => `\\sqrt[3]{${x}}`],
  ["abs", ([x]) => `\\left|${x}\\right|`],
  ["floor", ([x]) => `\\left\\lfloor ${x}\\right\\rfloor`],
  ["ceil", ([x]) => `\\left\\lceil ${x}\\right\\rceil`],
  ["pow", ([x, y]) => `{\\left(${x}\\right)}^{${y}}`],
  ["square", ([x]) => `{\\left(${x}\\right)}^{2}`],
  ["cube", ([x]) => `{\\left(${x}\\right)}^{3}`],
  ...["exp", "min", "max", "sin", "cos", "tan", "sinh", "cosh", "tanh"].map(
    (name) => [name, call(`\\${name}`)] as const,
  ),
  ...["asin", "acos", "atan"].map((name) => [name, call(`\\arc${name.slice(1)}`)] as const),
  ...["asinh", "acosh", "atanh"].map((name) => [name, call(`\\operatorname{ar${name.slice(1)}}`)] as const),
  ["sign", call("\\operatorname{sgn}")],
  ["round", call("\\operatorname{round}")],
]);

const signs: Readonly<Record<string, string>> = {
  "*": "\\cdot",
  "<": "<",
  ">": ">",
  "<=": "\\le",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
  smaller: "<",
  larger: ">",
  smallerEq: "\\le",
  largerEq: "\\ge",
  equal: "=",
  unequal: "\\ne",
  and: "\\land",
  or: "\\lor",
  xor: "\\oplus",
  not: "\\lnot",
};

/**
 * A formula in TeX, in the form in which it was written, from a tree that `readExpression` has accepted. mathjs has a
 * writer of its own; its time doubles with every function inside another one.
 */
export function formulaTex(node: MathNode): string {
  const args = node.args ?? [];
  switch (node.type) {
    case "ParenthesisNode":
      return isCondition(node) ? formulaTex(node.content!) : `\\left(${formulaTex(node.content!)}\\right)`;
    case "ConstantNode":
      return numberTex(Number(node.value));
    case "SymbolNode":
      return nameTex(node.name!);
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : node.fn!.name!;
      return functions.get(name)!(args.map(formulaTex));
    }
    case "ConditionalNode": {
      const [yes, condition, no] = [node.trueExpr!, node.condition!, node.falseExpr!].map(withoutParentheses);
      return `\\begin{cases} ${formulaTex(yes!)} & \\text{if } ${conditionTex(condition!)} \\\\ ${formulaTex(no!)} & \\text{otherwise} \\end{cases}`;
    }
    default:
      // A condition used as a number is 1 where it holds: Iverson's bracket.
      return isCondition(node) ? `\\left[${conditionTex(node)}\\right]` : operatorTex(node.op!, args);
  }
}

/** Comparisons and what `and`, `or`, `not` make of them. */
function isCondition(node: MathNode): boolean {
  const bare = withoutParentheses(node);
  return bare.type === "RelationalNode" || (bare.type === "OperatorNode" && !arithmetic.has(bare.op!));
}

const arithmetic = new Set(["+", "-", "*", "/", "^"]);

/** A condition where one is expected, without brackets of its own. */
function conditionTex(node: MathNode): string {
  if (!isCondition(node)) return formulaTex(node);
  if (node.type === "ParenthesisNode") return `\\left(${conditionTex(node.content!)}\\right)`;
  if (node.type === "RelationalNode") {
    const [first, ...rest] = node.params!.map(formulaTex);
    return rest.reduce((text, param, k) => `${text} ${signs[node.conditionals![k]!]} ${param}`, first!);
  }
  const args = (node.args ?? []).map(conditionTex);
  const sign = signs[node.op!];
  return args.length === 1 ? `${sign} ${args[0]}` : args.join(` ${sign} `);
}

function operatorTex(op: string, args: readonly MathNode[]): string {
  const [left, right] = args as [MathNode, MathNode];
  if (args.length === 1) return `${op} ${formulaTex(left)}`;
  if (op === "/" && args.length === 2) {
    return `\\frac{${formulaTex(withoutParentheses(left))}}{${formulaTex(withoutParentheses(right))}}`;
  }
  if (op === "^") return `{${formulaTex(left)}}^{${formulaTex(withoutParentheses(right))}}`;
  return args.map(formulaTex).join(` ${signs[op] ?? op} `);
}

/** A bar over or a raised place does what parentheses would do. */
function withoutParentheses(node: MathNode): MathNode {
  return node.type === "ParenthesisNode" ? withoutParentheses(node.content!) : node;
}

/** `alpha` is α, `A1` and `alphaN` have an index, and any other long name stands upright. */
export function nameTex(name: string): string {
  const [, stem, index] = /^(\p{L}+?)_?(\d*|_?\p{Lu}?)$/u.exec(name) ?? [];
  if (stem && (greek.has(stem) || stem.length === 1)) {
    const base = greek.has(stem) ? `\\${stem}` : stem;
    return index ? `${base}_{${index}}` : base;
  }
  return `\\mathrm{${name.replaceAll("_", "\\_")}}`;
}

function numberTex(value: number): string {
  const [mantissa, exponent] = String(value).split("e");
  return exponent ? `${mantissa} \\cdot 10^{${Number(exponent)}}` : mantissa!;
}
