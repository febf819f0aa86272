import { expect } from "vitest";

/** Chinchilla's law on figure 4: what the programs in `bundlers/program` print, as plain Node 20 does. */
export const recorded = {
  core: {
    runs: 240,
    objective: 0.001018274017800617,
    E: 1.817218122669075,
    A: 477.8259966686851,
    B: 2143.4174648502053,
    alpha: 0.34731051504562716,
    beta: 0.3671724346258691,
    nParams: 73970096964.9188,
    standardError: 0.015090341998617127,
  },
  formula: {
    runs: 240,
    objective: 0.0010182740178006158,
  },
};

/**
 * The last bit of `Math.log` and `Math.exp` differs between versions of V8, let alone between engines, and a replicate's
 * search ends where 1e-11 of the objective is left to gain.
 */
export function expectRecorded(actual: Record<string, number>, program: keyof typeof recorded): void {
  const expected: Record<string, number> = recorded[program];
  expect(Object.keys(actual)).toEqual(expect.arrayContaining(Object.keys(expected)));
  for (const [name, value] of Object.entries(expected)) {
    const digits = name === "standardError" ? 1e-9 : 1e-12;
    expect(Math.abs(actual[name]! / value - 1), name).toBeLessThanOrEqual(digits);
  }
}
