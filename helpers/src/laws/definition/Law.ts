/** A quantity that a law reads (a column of the runs) or predicts. */
export interface Variable<Name extends string = string> {
  /** The field of a run that holds it, such as `nParams`. */
  readonly name: Name;
  /** Unit of one, such as "parameters", "tokens", "FLOP", "nats per token". */
  readonly unit: string;
  readonly description: string;
  /** `positive`: every value must be > 0, and the law's kernel receives its natural logarithm. */
  readonly domain: "positive" | "real";
}

/** A constant that a fit estimates. */
export interface Parameter<Name extends string = string> {
  readonly name: Name;
  readonly unit: string;
  readonly description: string;
  /** Closed interval of admissible values; `log` parameters must have a lower end >= 0. */
  readonly domain: readonly [number, number];
  /** Coordinate in which the optimiser moves: `log` for positive quantities that span decades. */
  readonly scale: "linear" | "log";
  /** Where searches look for it, unless the law's `starts` or `ranges` say better. */
  readonly start: readonly [number, number];
}

/** A parameter in which the law is linear once `given` (non-linear parameters) are known. */
export interface LinearParameter<Name extends string = string> {
  readonly parameter: Name;
  readonly given: readonly Name[];
}

/** How a built-in law is rebuilt from JSON or in another thread: its factory and the factory's arguments. */
export interface LawSpecification {
  readonly kind: string;
  readonly arguments: readonly unknown[];
}

/** The columns of a set of runs as kernels see them: `ln x` for positive variables, `x` for the others. */
export type Columns = readonly Float64Array[];

/** The free coordinates of a fit: for each parameter its coordinate (-1 where it is held), and the values that are held. */
export interface SearchSpace {
  readonly slot: Int32Array;
  readonly constant: Float64Array;
}

/**
 * A scaling law: what it reads, what it predicts, its constants, and how to evaluate it on many runs at once.
 *
 * `V`, `P`, `R` are the names of the variables, the parameters and the response. A law is plain data and one
 * kernel, so that the inner loop is one specialised function per law.
 */
export interface Law<V extends string = string, P extends string = string, R extends string = string> {
  /** Short identifier, unique among the laws of a program, such as `chinchilla`. */
  readonly name: string;
  /** The formula in TeX. */
  readonly tex: string;
  /** Where the law comes from: paper, equation. */
  readonly source: string;
  readonly response: Variable<R>;
  readonly variables: readonly Variable<V>[];
  readonly parameters: readonly Parameter<P>[];
  /** Parameters in which the law is linear. Empty when there are none; the law is then searched directly. */
  readonly linear: readonly LinearParameter<P>[];
  /** Set by built-in laws; without it a fit cannot be sent to other threads and needs the law to be reloaded. */
  readonly specification?: LawSpecification;

  /**
   * Writes the prediction of row i to `value[i]` and its derivative by parameter j to
   * `jacobian[i * parameters.length + j]`, both in natural units, for rows 0 <= i < n.
   */
  evaluate(theta: Float64Array, x: Columns, n: number, value: Float64Array, jacobian: Float64Array): void;

  /** Search ranges that depend on the data, by parameter name; `y` is the response. */
  ranges?(x: Columns, y: Float64Array): Partial<Record<P, readonly [number, number]>>;

  /**
   * Complete starting points for laws with a better idea than a search; `y` is the response. `space` says which parameters
   * are free, held, tied or bounded.
   */
  starts?(x: Columns, y: Float64Array, space?: SearchSpace): Float64Array[];

  /** Whether `starts` are all a fit needs: it then searches for no others. */
  readonly startsSuffice?: boolean;

  /**
   * `ln nParams` that minimises the prediction when `nParams * nTokens` is fixed to `product`: the closed form
   * behind `computeOptimal`, for laws that have one.
   */
  logOptimalParams?(theta: Float64Array, logProduct: number): number;
}

/** The names of a law's variables. */
export type VariableName<L> = L extends Law<infer V, string, string> ? V : never;
/** The names of a law's parameters. */
export type ParameterName<L> = L extends Law<string, infer P, string> ? P : never;

/** A law together with values for its parameters: a fit, or constants from a paper. */
export interface FittedLaw<V extends string = string, P extends string = string, R extends string = string> {
  readonly law: Law<V, P, R>;
  readonly parameters: Readonly<Record<P, number>>;
  /** The response at one point, in the response's unit. */
  predict(point: Readonly<Record<V, number>>): number;
}
