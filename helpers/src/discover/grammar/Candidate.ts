/**
 * How a variable goes into a law: `log` as ln(x / reference), `value` as (x − reference) / scale. The reference lies within
 * the runs, so that amplitudes have the size of the response there.
 */
export interface Coordinate {
  readonly name: string;
  readonly kind: "log" | "value";
  readonly reference: number;
  readonly scale: number;
  /** Whether the future lies along it: what has no end there is no law. */
  readonly isFuture: boolean;
}

/**
 * What stands in the exponent of a power term. `v`, `a` and `b` count coordinates.
 *
 * - `line`: u, which makes a power of x, or an exponential where x goes in as it is
 * - `product`: u_a u_b, an exponent that drifts with another variable, or a bell where a = b
 * - `offset`: ln((x + K) / reference), a power that starts late
 * - `saturating`: ln(x / reference / (1 + x / K)), a count that is worth less and less
 * - `slow`: ln(1 + K ln x), a count that helps with its logarithm
 * - `repeated`: ln(U (1 + R (1 − exp(−(D/U − 1) / R))) / reference), D of which only U are different
 * - `limited`: ln(x / reference / (1 + x / (K y))), a count that another, y, lets help only so far
 */
export type Feature =
  | { readonly kind: "line" | "offset" | "saturating" | "slow"; readonly v: number }
  | { readonly kind: "product"; readonly a: number; readonly b: number }
  | { readonly kind: "repeated"; readonly total: number; readonly unique: number }
  | { readonly kind: "limited"; readonly v: number; readonly by: number };

/**
 * A term of a law, without its amplitude: exp(Σ exponent · feature), a product of coordinates, or
 * 1 / (1 + exp(−(u − m) s)).
 */
export type Term =
  | { readonly kind: "power"; readonly features: readonly Feature[] }
  | { readonly kind: "monomial"; readonly of: readonly number[] }
  | { readonly kind: "logistic"; readonly v: number };

/** A law of the grammar: a floor, if there is one, and up to three kinds of terms, each with an amplitude. */
export interface Candidate {
  readonly floor: boolean;
  readonly terms: readonly Term[];
}

/** Whether a feature has a parameter of its own beside its exponent. */
export const hasInner = ({ kind }: Feature): boolean => kind !== "line" && kind !== "product";

/** How many parameters a term has beside its amplitude. */
export function innerCount(term: Term): number {
  if (term.kind === "monomial") return 0;
  if (term.kind === "logistic") return 2;
  return term.features.reduce((count, feature) => count + (hasInner(feature) ? 2 : 1), 0);
}

/** How many amplitudes a law has, the floor among them. */
export const linearCount = ({ floor, terms }: Candidate): number => terms.length + (floor ? 1 : 0);

/** How many parameters a law has for one group and one response. */
export const parameterCount = (candidate: Candidate): number =>
  linearCount(candidate) + candidate.terms.reduce((sum, term) => sum + innerCount(term), 0);

/** The coordinates that a term names. */
export function variablesOf(term: Term): readonly number[] {
  if (term.kind === "monomial") return term.of;
  if (term.kind === "logistic") return [term.v];
  return term.features.flatMap((feature) => {
    if (feature.kind === "product") return [feature.a, feature.b];
    if (feature.kind === "repeated") return [feature.total, feature.unique];
    return feature.kind === "limited" ? [feature.v, feature.by] : [feature.v];
  });
}
