import type { MathNode } from "./mathjs.ts";

const greek = new Set(
  (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
  ).split(" "),
);

const functions = new Map([
  ["exp", "\\exp"],
  ["log", "\\ln"],
  ["ln", "\\ln"],
  ["log2", "\\log_{2}"],
  ["log10", "\\log_{10}"],
]);

/**
 * A formula in TeX, in the form in which it was written, from a tree that `readExpression` has accepted. mathjs has a
 * writer of its own; its time doubles with every function inside another one.
 */
export function formulaTex(node: MathNode): string {
  const args = node.args ?? [];
  switch (node.type) {
    case "ParenthesisNode":
      return `\\left(${formulaTex(node.content!)}\\right)`;
    case "ConstantNode":
      return numberTex(Number(node.value));
    case "SymbolNode":
      return nameTex(node.name!);
    case "FunctionNode": {
      const name = typeof node.fn === "string" ? node.fn : node.fn!.name!;
      const inside = formulaTex(args[0]!);
      return name === "sqrt" ? `\\sqrt{${inside}}` : `${functions.get(name)}\\left(${inside}\\right)`;
    }
    default:
      return operatorTex(node.op!, args);
  }
}

function operatorTex(op: string, args: readonly MathNode[]): string {
  const [left, right] = args as [MathNode, MathNode];
  if (args.length === 1) return `${op} ${formulaTex(left)}`;
  if (op === "/" && args.length === 2) {
    return `\\frac{${formulaTex(withoutParentheses(left))}}{${formulaTex(withoutParentheses(right))}}`;
  }
  if (op === "^") return `{${formulaTex(left)}}^{${formulaTex(withoutParentheses(right))}}`;
  return args.map(formulaTex).join(op === "*" ? " \\cdot " : ` ${op} `);
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
