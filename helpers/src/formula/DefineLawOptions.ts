import type { Parameter, Variable } from "../laws/definition/Law.ts";

/** What a formula does not say of itself: names, fields, units, domains. */
export interface DefineLawOptions {
  /** Short identifier (default: the formula). */
  readonly name?: string;
  /** Where the law comes from (default "given as a formula"). */
  readonly source?: string;
  /**
   * Which names are read from the runs, and from which field. Default: N from nParams, D from nTokens, C from flops, and
   * those three under their own names. Every other name is a parameter.
   */
  readonly variables?: Readonly<Record<string, string | (Partial<Variable> & { readonly name: string })>>;
  /** The field of a run that the left side stands for. Default: L means loss, another name itself. */
  readonly response?: string | (Partial<Variable> & { readonly name: string });
  /** What is known of parameters: domain, scale, where to look, unit, meaning. */
  readonly parameters?: Readonly<Record<string, Partial<Omit<Parameter, "name">>>>;
}
