import { inspectHook } from "../format/inspectHook.ts";
import { jupyterDisplay, type MimeBundle } from "../format/jupyterDisplay.ts";
import type { ScoredLaw } from "./choice/scoreLaws.ts";
import type { DiscoveredLaw, DiscoveredPrediction, DiscoveredVariable } from "./DiscoveredLaw.ts";
import { displayDiscovery } from "./displayDiscovery.ts";
import { predictTableLaw } from "./fit/LawFit.ts";
import type { DiscoverRow } from "./table/DiscoverOptions.ts";
import type { DiscoverTable } from "./table/DiscoverTable.ts";
import type { FuturePoints } from "./table/readPoints.ts";

/** What a discovery answers further questions from. */
export interface Solved {
  readonly table: DiscoverTable;
  /** The column of groups. */
  readonly group: string | undefined;
  readonly set: readonly { readonly law: ScoredLaw; readonly weight: number }[];
  read(points: readonly DiscoverRow[]): FuturePoints;
  predict(points: FuturePoints): Discovery["predictions"];
}

/** What `discover` hands over. */
export type DiscoveryParts = Omit<
  Discovery,
  "predict" | "predictEach" | typeof jupyterDisplay | typeof inspectHook
>;

/**
 * What a discovery was made of, for those of this house who ask more of it.
 *
 * @throws TypeError where it is a copy, which has only what can be seen
 */
export let solvedOf: (found: Discovery) => Solved;

/** What `discover` found: the laws of a table, and what they say elsewhere. */
export class Discovery {
  /** The law that predicts, first of `set`. */
  readonly law: string;
  /** Whether it is the only one. */
  readonly decided: boolean;
  readonly set: readonly DiscoveredLaw[];
  /** How many laws were fitted. */
  readonly considered: number;
  /** What laws may read, scales first where they were named. */
  readonly variables: readonly DiscoveredVariable[];
  /** How the rows were held out. */
  readonly folds: readonly { readonly variable: string; readonly depth: number; readonly rows: number }[];
  readonly notes: readonly string[];
  /** For each response, at each of `options.points`. */
  readonly predictions: Readonly<Record<string, readonly DiscoveredPrediction[]>>;
  readonly #solved: Solved;

  static {
    solvedOf = (found) => {
      if (#solved in found) return found.#solved;
      throw new TypeError("this asks for what discover() returned, not for a copy of it");
    };
  }

  constructor(parts: DiscoveryParts, solved: Solved) {
    this.law = parts.law;
    this.decided = parts.decided;
    this.set = parts.set;
    this.considered = parts.considered;
    this.variables = parts.variables;
    this.folds = parts.folds;
    this.notes = parts.notes;
    this.predictions = parts.predictions;
    this.#solved = solved;
  }

  /**
   * What the laws say at other points, as `predictions`; the choice of laws stays as it is.
   *
   * @throws RangeError where a point lacks a variable, or has a value that the law has no logarithm of
   */
  predict(points: readonly DiscoverRow[]): Discovery["predictions"] {
    return this.#solved.predict(this.#solved.read(points));
  }

  /**
   * For each response what each law of the set says at points, in the order of `set`; NaN in a group that the rows have not.
   *
   * @throws RangeError as `predict`
   */
  predictEach(points: readonly DiscoverRow[]): Readonly<Record<string, readonly (readonly number[])[]>> {
    const { table, set, read } = this.#solved;
    const at = read(points);
    return Object.fromEntries(
      table.responses.map(({ name }, r) => [
        name,
        set.map(({ law }) => [...predictTableLaw(law.fits[r]!, at.points, at.groupOf)]),
      ]),
    );
  }

  [jupyterDisplay](): MimeBundle {
    return displayDiscovery(this);
  }

  [inspectHook](): string {
    return `${displayDiscovery(this)["text/plain"]}`;
  }
}
