import { requirePositive, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireRows } from "../../../numerics/arguments/requireRows.ts";

/** A loaded node, measured at the wall. */
export interface MeasuredPower {
  readonly devices: number;
  /** Watts at which each board is capped. */
  readonly boardWatts: number;
  /** Watts of the node while it serves. */
  readonly watts: number;
}

/** Watts of a loaded node for each device: host + c · board watts. */
export interface LoadPower {
  readonly hostWatts: number;
  readonly perBoardWatt: number;
}

/**
 * Constants of a loaded node's power, watts / devices = host + c · board watts, by least squares of relative errors.
 *
 * @throws RangeError on numbers that are not > 0, or boards that all have one cap, which tell the two constants apart no more
 * @example
 * import { fitServingPower } from "isoflop";
 * const fitted = fitServingPower([
 *   { devices: 8, boardWatts: 500, watts: 6400 },
 *   { devices: 8, boardWatts: 1000, watts: 10400 },
 * ]);
 * fitted.perBoardWatt; // => 1
 */
export function fitServingPower(runs: readonly MeasuredPower[]): LoadPower {
  requireRows("fitServingPower", runs);
  let [s11, s1b, sbb, s1, sb] = [0, 0, 0, 0, 0];
  for (const { devices, boardWatts, watts } of runs) {
    requireWhole("devices", devices, 1, "give the accelerators of the node");
    requirePositive("boardWatts", boardWatts, "give watts, such as 700");
    requirePositive("watts", watts, "give the watts of the whole node");
    // The equation divided by what was measured: 1 = host · (1 / w) + c · (board / w).
    const one = devices / watts;
    const board = (devices * boardWatts) / watts;
    s11 += one * one;
    s1b += one * board;
    sbb += board * board;
    s1 += one;
    sb += board;
  }
  const determinant = s11 * sbb - s1b * s1b;
  if (!(determinant > 1e-12 * s11 * sbb)) {
    throw new RangeError(
      `runs must have boards of two caps or more, got ${runs.length} of ${runs[0]?.boardWatts} W; add runs of others`,
    );
  }
  return {
    hostWatts: (sbb * s1 - s1b * sb) / determinant,
    perBoardWatt: (s11 * sb - s1b * s1) / determinant,
  };
}
