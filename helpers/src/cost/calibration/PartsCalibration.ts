import type { Columns } from "./Columns.ts";
import type { Hierarchy } from "./Hierarchy.ts";
import type { FactorTable } from "./leftOut/intervalFactors.ts";
import type { PartsFit } from "./PartsFit.ts";
import type { Posterior } from "./posterior/Posterior.ts";

/** A row so many standard deviations of the noise away is named. */
export const farthest = 6;

/** A row that is far from what the others say. */
export interface OutlyingRow {
  /** Its place in the rows. */
  readonly row: number;
  /** Measured over predicted. */
  readonly ratio: number;
  /** By how many standard deviations of the noise it is off. */
  readonly away: number;
}

/** What measured rows say about the constants and deviations of a hierarchy. */
export interface PartsCalibration<L> {
  readonly hierarchy: Hierarchy<L>;
  /** Constants of the parts: median, and standard deviation of the logarithm. */
  readonly constants: readonly {
    readonly name: string;
    readonly value: number;
    readonly deviation: number;
  }[];
  /** Standard deviation of the deviations of each effect, as a share. */
  readonly spreads: Readonly<Record<string, number>>;
  /** Scale of the noise of each kind (and `|` group), as a share. */
  readonly noise: Readonly<Record<string, number>>;
  /** Freedom of Student's t of the noise; Infinity for normal noise. */
  readonly tails: number;
  readonly nRows: number;
  /** Rows beyond 6 standard deviations of the noise, the farthest first. They count little. */
  readonly outliers: readonly OutlyingRow[];
  /** Rows of each key, by novelty. */
  readonly seen: readonly ReadonlyMap<string, number>[];
  readonly factors: FactorTable;
  readonly columns: Columns<L>;
  readonly posterior: Posterior;
  /** What it was worked out from; a calibration that was loaded or updated has none. */
  readonly fit?: PartsFit<L> | undefined;
}
