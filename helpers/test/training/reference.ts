import { trainingReferenceFits } from "isoflop-datasets";
import { expect } from "vitest";

/**
 * Expects the results of one fit to agree with the Python recomputation of the same fit, each within its tolerance.
 * Every quantity of the fit must be given: a row that cannot be recomputed is named in `except`.
 */
export function expectReference(
  fitId: string,
  results: Readonly<Record<string, number>>,
  except: readonly string[] = [],
): void {
  const rows = trainingReferenceFits().filter((row) => row.fitId === fitId);
  expect(rows.map((row) => row.quantity).sort()).toEqual([...Object.keys(results), ...except].sort());
  for (const { quantity, reproduced, relativeTolerance } of rows) {
    if (except.includes(quantity)) continue;
    const error = Math.abs(results[quantity]! - reproduced) / Math.abs(reproduced);
    expect(error, `${fitId} ${quantity}: ${results[quantity]} beside ${reproduced}`).toBeLessThanOrEqual(
      // Reference values are rounded to the digits they show; a zero tolerance means equal.
      relativeTolerance,
    );
  }
}
