import type { Feature, Term } from "./Candidate.ts";

/** The logarithm of a variable, or its value. */
export const line = (v: number): Feature => ({ kind: "line", v });

/** A power term. */
export const power = (...features: Feature[]): Term => ({ kind: "power", features });

/** A product of coordinates. */
export const monomial = (...of: number[]): Term => ({ kind: "monomial", of });

/** The power terms of blocks of variables. */
export const powersOf = (blocks: readonly (readonly number[])[]): Term[] =>
  blocks.map((block) => power(...block.map(line)));

/** All pairs of a list. */
export const pairsOf = (of: readonly number[]): [number, number][] =>
  of.flatMap((a, i) => of.slice(i + 1).map((b): [number, number] => [a, b]));
