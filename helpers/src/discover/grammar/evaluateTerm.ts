import { type Coordinate, type Feature, hasInner, type Term } from "./Candidate.ts";

/** The columns of a table as a law reads them: values, and coordinates; a point a place. */
export interface Points {
  readonly n: number;
  readonly coordinates: readonly Coordinate[];
  readonly x: readonly Float64Array[];
  readonly u: readonly Float64Array[];
}

/**
 * Writes a feature and, where it has a parameter κ = ln K of its own, its derivative after κ.
 *
 * @param slope is written only for features with such a parameter
 */
function evaluateFeature(
  feature: Feature,
  inner: number,
  points: Points,
  value: Float64Array,
  slope: Float64Array,
): void {
  const { n, x, u, coordinates } = points;
  if (feature.kind === "product") {
    const a = u[feature.a]!;
    const b = u[feature.b]!;
    for (let i = 0; i < n; i++) value[i] = a[i]! * b[i]!;
    return;
  }
  const size = Math.exp(inner);
  if (feature.kind === "repeated") {
    const total = x[feature.total]!;
    const unique = x[feature.unique]!;
    const { reference } = coordinates[feature.unique]!;
    for (let i = 0; i < n; i++) {
      const over = Math.max(0, total[i]! / unique[i]! - 1) / size;
      const rest = Math.exp(-over);
      const worth = 1 + size * (1 - rest);
      value[i] = Math.log((unique[i]! / reference) * worth);
      slope[i] = (size * (1 - rest - over * rest)) / worth;
    }
    return;
  }
  const own = u[feature.v]!;
  if (feature.kind === "line") {
    value.set(own);
    return;
  }
  const raw = x[feature.v]!;
  const { reference } = coordinates[feature.v]!;
  if (feature.kind === "limited") {
    const by = u[feature.by]!;
    for (let i = 0; i < n; i++) {
      const over = Math.exp(own[i]! - inner - by[i]!);
      value[i] = own[i]! - Math.log1p(over);
      slope[i] = over / (1 + over);
    }
    return;
  }
  for (let i = 0; i < n; i++) {
    if (feature.kind === "slow") {
      const more = size * Math.log(raw[i]!);
      value[i] = Math.log1p(more);
      slope[i] = more / (1 + more);
    } else {
      // K is in units of the reference.
      const ratio = raw[i]! / reference;
      const share = feature.kind === "offset" ? size / (ratio + size) : ratio / (ratio + size);
      value[i] = feature.kind === "offset" ? Math.log(ratio + size) : Math.log(ratio / (1 + ratio / size));
      slope[i] = share;
    }
  }
}

/** Room for what `evaluateTerm` computes on the way. */
export class TermScratch {
  readonly features: Float64Array[];
  readonly slopes: Float64Array[];

  constructor(n: number, features: number) {
    this.features = Array.from({ length: features }, () => new Float64Array(n));
    this.slopes = Array.from({ length: features }, () => new Float64Array(n));
  }
}

/** Exponents beyond it make numbers that no response has. */
const most = 60;

/**
 * Writes a term at all points, and its derivatives after its parameters: the exponents, each followed by the feature's own
 * parameter where it has one; middle and steepness of a logistic.
 *
 * @param theta all parameters of the law; the term's begin at `at`
 * @param derivatives a column for each parameter of the term
 */
export function evaluateTerm(
  term: Term,
  theta: ArrayLike<number>,
  at: number,
  points: Points,
  value: Float64Array,
  derivatives: readonly Float64Array[],
  scratch: TermScratch,
): void {
  const { n, u } = points;
  if (term.kind === "monomial") {
    value.fill(1);
    for (const v of term.of) {
      const own = u[v]!;
      for (let i = 0; i < n; i++) value[i]! *= own[i]!;
    }
    return;
  }
  if (term.kind === "logistic") {
    const own = u[term.v]!;
    const middle = theta[at]!;
    const steepness = theta[at + 1]!;
    for (let i = 0; i < n; i++) {
      const share = 1 / (1 + Math.exp(-(own[i]! - middle) * steepness));
      value[i] = share;
      derivatives[0]![i] = -share * (1 - share) * steepness;
      derivatives[1]![i] = share * (1 - share) * (own[i]! - middle);
    }
    return;
  }
  value.fill(0);
  let next = at;
  for (let k = 0; k < term.features.length; k++) {
    const feature = term.features[k]!;
    const exponent = theta[next]!;
    evaluateFeature(feature, theta[next + 1] ?? 0, points, scratch.features[k]!, scratch.slopes[k]!);
    const own = scratch.features[k]!;
    for (let i = 0; i < n; i++) value[i]! += exponent * own[i]!;
    next += hasInner(feature) ? 2 : 1;
  }
  for (let i = 0; i < n; i++) value[i] = Math.exp(Math.max(-most, Math.min(most, value[i]!)));
  next = at;
  for (let k = 0; k < term.features.length; k++) {
    const exponent = theta[next]!;
    const own = scratch.features[k]!;
    const column = derivatives[next - at]!;
    for (let i = 0; i < n; i++) column[i] = value[i]! * own[i]!;
    next++;
    if (!hasInner(term.features[k]!)) continue;
    const slope = scratch.slopes[k]!;
    const inner = derivatives[next - at]!;
    for (let i = 0; i < n; i++) inner[i] = value[i]! * exponent * slope[i]!;
    next++;
  }
}
