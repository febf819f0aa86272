import type { CatalogAccelerator } from "../../../catalog/accelerators/Accelerator.ts";
import { readAccelerator } from "../../../catalog/accelerators/readAccelerator.ts";
import { requireFraction, requirePositive, requireWhole } from "../../../numerics/arguments/requireNumber.ts";
import { requireOptions } from "../../../numerics/arguments/requireOptions.ts";
import { type Ranged, type RangedValue, readRanged } from "../../run/Ranged.ts";

/** A serving node whose power is asked for. */
export interface PoweredNode {
  /** A name that `findAccelerator` finds, or a sheet of `accelerators`. */
  readonly accelerator: string | CatalogAccelerator;
  /** Accelerators of the node (or of several alike). */
  readonly devices: number;
  /** Watts at which each board is capped; default what its sheet allows. */
  readonly boardWatts?: number;
  /** Share of the way from idle to full load, 0 to 1. Default 1. */
  readonly utilisation?: number;
  /** Power of the data centre over that of the node. Default 1. */
  readonly pue?: Ranged;
}

/** Watts at the wall. */
export interface ServingPower {
  readonly watts: number;
  /** Meant to hold 80 of 100 nodes of a kind that was not measured; three groups of runs say how wide. */
  readonly interval80: readonly [low: number, high: number];
  readonly idleWatts: number;
  readonly loadWatts: number;
  readonly assumptions: readonly string[];
}

/**
 * Constants of `servingPower`, by least squares of relative errors over ten runs of MLPerf Inference with a meter at the wall
 * (v4.1 and v5.1, closed division; the table `servingPowerRuns` of isoflop-datasets): three systems of eight H200 or B200.
 * `hostWatts` and `perBoardWatt` are of full load, `idleWatts` the least reading before or after the runs, each for one
 * device. `logReach` is half the width of the 80 % interval in logarithms: Student's t of three times the root mean square
 * over groups (H200 at 350 W, at 500 W, B200) of the errors of predictions that left the group out.
 */
export const servingPowerConstants = {
  hostWatts: 255.5,
  perBoardWatt: 1.0057,
  idleWatts: 317.1,
  logReach: 0.116,
} as const;

/**
 * Watts of a serving node at the wall: idle + utilisation · (load − idle), with load = devices · (host + c · board watts).
 *
 * Board watts are those the boards are capped at. Load and idle are measured; that power is linear between them is an
 * assumption. Hosts with other processors, cooling or networks than three measured systems lie outside.
 *
 * Source: MLPerf Inference v4.1 (NVIDIA, H200) and v5.1 (Lenovo, B200), power logs; docs/serving/decisions.md.
 *
 * @throws RangeError where the board's power is not known, or a number is outside its domain
 * @example
 * import { servingPower } from "isoflop";
 * const power = servingPower({ accelerator: "h200-sxm", devices: 8, boardWatts: 500 });
 * power.watts.toFixed(0); // => "6067"
 */
export function servingPower(node: PoweredNode): ServingPower {
  requireOptions("servingPower", node, ["accelerator", "devices", "boardWatts", "utilisation", "pue"]);
  const { devices, utilisation = 1 } = node;
  const sheet = readAccelerator(node.accelerator);
  requireWhole("devices", devices, 1, "give the accelerators of the node");
  requireFraction("utilisation", utilisation);
  const board = node.boardWatts ?? ("boardWatts" in sheet ? sheet.boardWatts : undefined);
  if (board === undefined) {
    throw new RangeError(`the power of ${sheet.name} is not known; give boardWatts`);
  }
  requirePositive("boardWatts", board, "give watts, such as 700");
  const pue = readPue(node.pue ?? 1);
  const { hostWatts, perBoardWatt, idleWatts, logReach } = servingPowerConstants;
  const load = devices * (hostWatts + perBoardWatt * board);
  // A board capped below what an idle node draws is none of those measured: idle is then no more than load.
  const idle = Math.min(load, devices * idleWatts);
  const watts = idle + utilisation * (load - idle);
  const down = Math.hypot(logReach, Math.log(pue.value / pue.low));
  const up = Math.hypot(logReach, Math.log(pue.high / pue.value));
  const total = watts * pue.value;
  return {
    watts: total,
    interval80: [total * Math.exp(-down), total * Math.exp(up)],
    idleWatts: idle * pue.value,
    loadWatts: load * pue.value,
    assumptions: [
      "power of a node at the wall as ten MLPerf runs on eight H200 or B200 had it; linear between idle and full load",
      ...(node.pue === undefined
        ? ["the node alone: no cooling of the data centre or network beyond it (pue)"]
        : []),
    ],
  };
}

/** Power of the data centre over that of its computers, which is never below 1. */
export function readPue(given: Ranged): RangedValue {
  const pue = readRanged("pue", given);
  if (pue.low < 1) {
    throw new RangeError(
      `pue must be >= 1, got ${pue.low}; give the power of the data centre over that of its computers, such as 1.1`,
    );
  }
  return pue;
}
