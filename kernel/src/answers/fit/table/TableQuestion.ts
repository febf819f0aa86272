import type { Expression } from "../expressions/Expression.ts";

/** An expression with its text. */
export interface Written {
  readonly text: string;
  readonly expression: Expression;
}

/** What the options ask of a table's rows. */
export interface TableQuestion {
  /** Columns that are reckoned, in their order: later ones may use earlier ones. */
  readonly lets: readonly (Written & { readonly name: string })[];
  readonly where?: Written;
  /** Conditions on the runs that are kept out of a second fit each. */
  readonly holdouts: readonly Written[];
  readonly weights?: Written;
}

/** Names that no column has: what is asked of each row stands beside its fields under these. */
export const weightField = "--weights";
export const holdoutField = (k: number) => `--holdout ${k + 1}`;
