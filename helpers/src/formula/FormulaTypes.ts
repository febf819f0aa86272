// What a formula's text says about itself at compile time, so that `fit(defineLaw("…"), runs)` knows the fields it reads
// and `fit.parameters` the names it has. A formula that is only known at run time gets plain strings.

type Delimiter = " " | "+" | "-" | "*" | "/" | "^" | "(" | ")" | "," | "<" | ">" | "=" | "!" | "?" | ":";

/** The names and numbers in a text, as a union. */
type Tokens<
  Text extends string,
  Current extends string = "",
  Found extends string = never,
> = Text extends `${infer C}${infer Rest}`
  ? C extends Delimiter
    ? Tokens<Rest, "", Found | Current>
    : Tokens<Rest, `${Current}${C}`, Found>
  : Found | Current;

type FunctionName =
  | (
      | "exp"
      | "log"
      | "ln"
      | "log2"
      | "log10"
      | "log1p"
      | "expm1"
      | "sqrt"
      | "cbrt"
      | "pow"
      | "square"
      | "cube"
    )
  | ("abs" | "sign" | "min" | "max" | "floor" | "ceil" | "round" | "and" | "or" | "xor" | "not")
  | ("sin" | "cos" | "tan" | "asin" | "acos" | "atan")
  | ("sinh" | "cosh" | "tanh" | "asinh" | "acosh" | "atanh");
type ConstantName = "pi" | "e";
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** Left side and right side. */
type Sides<F extends string> = F extends `${infer Left}=${infer Right}` ? [Trim<Left>, Right] : never;
type Trim<S extends string> = S extends ` ${infer T}` | `${infer T} ` ? Trim<T> : S;

type Names<F extends string> = Exclude<
  Tokens<Sides<F>[1]>,
  "" | FunctionName | ConstantName | `${Digit}${string}` | `.${string}`
>;

/** Fields that names stand for unless `variables` says otherwise. */
interface Usual {
  N: "nParams";
  D: "nTokens";
  C: "flops";
  nParams: "nParams";
  nTokens: "nTokens";
  flops: "flops";
}

type FieldOf<Given> = Given extends { readonly name: infer Name extends string }
  ? Name
  : Given extends string
    ? Given
    : string;
type Given<Options, Key extends string> = Options extends { readonly [K in Key]: infer Value }
  ? Value
  : undefined;

type VariableNames<F extends string, Options> =
  Given<Options, "variables"> extends infer Map
    ? Map extends object
      ? keyof Map & string
      : Names<F> & keyof Usual
    : never;

export type FormulaVariables<F extends string, Options> = string extends F
  ? string
  : Given<Options, "variables"> extends infer Map
    ? Map extends object
      ? FieldOf<Map[keyof Map]>
      : Usual[Names<F> & keyof Usual]
    : never;

export type FormulaParameters<F extends string, Options> = string extends F
  ? string
  : Exclude<Names<F>, VariableNames<F, Options>>;

export type FormulaResponse<F extends string, Options> = string extends F
  ? string
  : Given<Options, "response"> extends undefined
    ? Sides<F>[0] extends "L"
      ? "loss"
      : Sides<F>[0]
    : FieldOf<Given<Options, "response">>;
