import { nearestWord } from "../../../text/nearestWord.ts";
import type { Expression } from "./Expression.ts";
import { functions } from "./functions.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Signs that mean the same as another one. */
const same: Readonly<Record<string, string>> = {
  "=": "==",
  "<>": "!=",
  "**": "^",
  "&&": "and",
  "||": "or",
  "!": "not",
};
const comparisons = ["==", "!=", "<", "<=", ">", ">="];
const words = ["and", "or", "not", "in"];
/** Deeper nesting than anybody writes; the parser recurses, and a stack has an end. */
const mostNested = 100;

/**
 * An expression about the columns of a table: names, numbers, texts in quotes, `+ - * / % ^`, comparisons, `in (…)`,
 * `and or not`, and functions. A column whose name has blanks or other signs is written `{Model Size (B)}` or between
 * backticks. A name that is compared with a text is read as text, any other as a number.
 *
 * @throws RangeError naming what cannot be read, and where
 */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

/**
 * An expression that is true or false.
 *
 * @throws RangeError also where it is a number or a text
 */
export function parseConditionOn(text: string): Expression {
  const expression = parseExpression(text);
  if (typeOf(expression) === "condition") return expression;
  throw new RangeError(`"${text}" is no condition; compare it with something, as in "${text} > 0"`);
}

/**
 * An expression that is a number, or a condition, which counts as 1 or 0.
 *
 * @throws RangeError also where it is a text
 */
export function parseNumberExpression(text: string): Expression {
  const expression = parseExpression(text);
  if (typeOf(expression) !== "text") return expression;
  throw new RangeError(
    `"${text}" is a text, where a number is needed; compare it, as in {column} == ${text}`,
  );
}

/** What an expression gives. */
function typeOf(expression: Expression): "number" | "text" | "condition" {
  if (expression.kind === "number" || expression.kind === "text") return expression.kind;
  if (expression.kind === "name") return expression.type;
  const { fn } = expression;
  if ([...comparisons, "in", "and", "or", "not"].includes(fn)) return "condition";
  return functions.get(fn)?.gives ?? "number";
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    if (this.#isAtEnd()) throw new RangeError("an expression is empty; write one such as n_params > 1e9");
    const expression = this.#or();
    if (!this.#isAtEnd()) throw this.#wrong("an operator such as > or and");
    return expression;
  }

  #isAtEnd(): boolean {
    return this.#token.kind === "end";
  }

  get #token(): Token {
    return this.#tokens[this.#at]!;
  }

  /** The next token where it is one of these signs or words, in its usual spelling. */
  #take(...signs: string[]): string | undefined {
    const { kind, text } = this.#token;
    if (kind !== "sign" && kind !== "name") return undefined;
    const sign = kind === "sign" ? (same[text] ?? text) : text.toLowerCase();
    if (!signs.includes(sign) || (kind === "name" && !words.includes(sign))) return undefined;
    this.#at += 1;
    return sign;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#take("or")) left = call("or", this.#condition(left), this.#condition(this.#and()));
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#take("and")) left = call("and", this.#condition(left), this.#condition(this.#not()));
    return left;
  }

  #not(): Expression {
    if (!this.#take("not")) return this.#comparison();
    return this.#nested(() => call("not", this.#condition(this.#not())));
  }

  #comparison(): Expression {
    const left = this.#sum();
    const isNot = this.#take("not") !== undefined;
    if (isNot || this.#token.text.toLowerCase() === "in") {
      if (!this.#take("in")) throw this.#wrong('"in" behind "not"');
      const found = this.#list(left);
      return isNot ? call("not", found) : found;
    }
    const sign = this.#take(...comparisons);
    if (sign === undefined) return left;
    const right = this.#sum();
    if (this.#take(...comparisons)) {
      throw new RangeError(`"${this.#text}" compares three things in a row; write a < b and b < c`);
    }
    const [a, b] = this.#alike(left, right);
    if (typeOf(a) === "text" && sign !== "==" && sign !== "!=") {
      throw new RangeError(`"${this.#text}" asks which of two texts is larger; compare texts with == or !=`);
    }
    return call(sign, a, b);
  }

  #list(left: Expression): Expression {
    this.#expect("(");
    const members: Expression[] = [];
    do members.push(this.#sum());
    while (this.#take(","));
    this.#expect(")");
    const equal = members.map((member) => call("==", ...this.#alike(left, member)));
    return equal.reduce((all, one) => call("or", all, one));
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#take("+", "-"); sign; sign = this.#take("+", "-")) {
      left = call(sign, this.#number(left), this.#number(this.#product()));
    }
    return left;
  }

  #product(): Expression {
    let left = this.#signed();
    for (let sign = this.#take("*", "/", "%"); sign; sign = this.#take("*", "/", "%")) {
      left = call(sign, this.#number(left), this.#number(this.#signed()));
    }
    return left;
  }

  #signed(): Expression {
    const sign = this.#take("+", "-");
    if (sign === undefined) return this.#power();
    const operand = this.#nested(() => this.#number(this.#signed()));
    return sign === "-" ? call("*", { kind: "number", value: -1 }, operand) : operand;
  }

  #power(): Expression {
    const base = this.#primary();
    if (!this.#take("^")) return base;
    return this.#nested(() => call("^", this.#number(base), this.#number(this.#signed())));
  }

  #primary(): Expression {
    const token = this.#token;
    if (token.kind === "number") {
      this.#at += 1;
      return { kind: "number", value: Number(token.text) };
    }
    if (token.kind === "text") {
      this.#at += 1;
      return { kind: "text", value: token.text };
    }
    const isWord = token.kind === "name" && words.includes(token.text.toLowerCase());
    if (token.kind === "column" || (token.kind === "name" && !isWord)) {
      this.#at += 1;
      if (token.kind === "name" && this.#take("(")) return this.#call(token.text);
      return { kind: "name", name: token.text, type: "number" };
    }
    if (this.#take("(")) {
      const inside = this.#nested(() => this.#or());
      this.#expect(")");
      return inside;
    }
    throw this.#wrong("a name, a number or a text in quotes");
  }

  #call(name: string): Expression {
    const found = functions.get(name);
    if (!found) {
      const near = nearestWord(name, [...functions.keys()]);
      throw new RangeError(
        `there is no function ${name}; ${near ? `did you mean ${near}? ` : ""}there are ${[...functions.keys()].join(", ")}`,
      );
    }
    const args: Expression[] = [];
    if (!this.#take(")")) {
      do {
        const wanted = found.takes[Math.min(args.length, found.takes.length - 1)]!;
        const given = this.#nested(() => this.#or());
        args.push(wanted === "text" ? this.#asText(given) : this.#number(given));
      } while (this.#take(","));
      this.#expect(")");
    }
    const isRight = found.more ? args.length >= found.takes.length : args.length === found.takes.length;
    if (!isRight) {
      throw new RangeError(
        `${name} takes ${found.more ? "at least " : ""}${found.takes.length} argument${found.takes.length === 1 ? "" : "s"}, got ${args.length}`,
      );
    }
    return call(name, ...args);
  }

  /** Two sides of a comparison: beside a text a name is one. */
  #alike(left: Expression, right: Expression): [Expression, Expression] {
    if (typeOf(left) === "text" || typeOf(right) === "text") return [this.#asText(left), this.#asText(right)];
    return [this.#number(left), this.#number(right)];
  }

  #asText(expression: Expression): Expression {
    if (expression.kind === "name") return { ...expression, type: "text" };
    if (expression.kind === "text") return expression;
    throw new RangeError(
      `"${this.#text}" has a number where a text is compared; put it in quotes, or take them away`,
    );
  }

  #number(expression: Expression): Expression {
    if (typeOf(expression) !== "text") return expression;
    throw new RangeError(
      `"${this.#text}" reckons with a text; texts are only compared, with ==, != and in (…)`,
    );
  }

  #condition(expression: Expression): Expression {
    if (typeOf(expression) === "condition") return expression;
    throw new RangeError(
      `"${this.#text}" has something beside and, or, not that is no condition; compare it`,
    );
  }

  #nested(read: () => Expression): Expression {
    if (++this.#depth > mostNested) {
      throw new RangeError(`an expression nests more than ${mostNested} deep; write it in parts with --let`);
    }
    const found = read();
    this.#depth -= 1;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#wrong(`"${sign}"`);
  }

  #wrong(wanted: string): RangeError {
    const { kind, text, at } = this.#token;
    const got = kind === "end" ? "its end" : `"${text}" at character ${at + 1}`;
    return new RangeError(`"${this.#text}" needs ${wanted}, got ${got}`);
  }
}

const call = (fn: string, ...args: Expression[]): Expression => ({ kind: "call", fn, args });
