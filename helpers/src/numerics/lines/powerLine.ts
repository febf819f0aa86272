import { straightLine } from "./straightLine.ts";

/** ln y = ln k + p ln x. */
export interface PowerLine {
  /** Factor k. */
  readonly k: number;
  /** Exponent p. */
  readonly p: number;
}

/**
 * Least-squares power law y = k x^p, a straight line through ln y over ln x.
 *
 * @returns undefined when there are not two distinct x
 */
export function powerLine(x: readonly number[], y: readonly number[]): PowerLine | undefined {
  if (new Set(x).size < 2) return undefined;
  const { slope, intercept } = straightLine(x.map(Math.log), y.map(Math.log));
  return { k: Math.exp(intercept), p: slope };
}
