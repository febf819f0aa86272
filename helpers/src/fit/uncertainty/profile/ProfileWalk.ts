import type { Interval } from "../Interval.ts";
import type { ConstrainedMinimum, Held } from "./ConstrainedMinimum.ts";
import type { ProfilePoint } from "./ProfilePoint.ts";

/** Where one side of a profile ends. */
export interface Side {
  readonly limit: number;
  readonly closes: boolean;
  readonly note?: string;
  /** The constrained minimum nearest to the end. */
  readonly z: Float64Array;
}

export interface WalkOptions {
  readonly held: ConstrainedMinimum;
  /** Objective and coordinates at the free minimum. */
  readonly lowest: number;
  readonly z: Float64Array;
  readonly dispersion: number;
  /** The signed root at which values are rejected. */
  readonly wanted: number;
  /** The quantity's own bounds. */
  readonly bounds: Interval;
  /** More starts for where it matters: a constrained minimum may lie far from its neighbours' and the free one's. */
  readonly pool: readonly Float64Array[];
}

interface Place extends Held {
  /** Where on the axis of the walk: the quantity, or its logarithm. */
  readonly at: number;
  /** Root of the rise, in standard errors. */
  readonly root: number;
}

/** Steps outwards, times that a side is taken up again because a lower minimum was found, and searches for one side. */
const steps = 40;
const attempts = 12;
const searches = 250;
/** ln 1e300. */
const farthest = 690;
/** A limit is where the root is what is wanted, to this. */
const accuracy = 1e-4;

/** Walks outwards from the estimate, along the curve of the objective's minima with the quantity held. */
export class ProfileWalk {
  readonly estimate: number;
  readonly #options: WalkOptions;
  readonly #unit: number;
  readonly #inLogs: boolean;
  readonly #centre: Place;
  #left = searches;

  constructor(options: WalkOptions) {
    const { held, z, lowest } = options;
    this.#options = options;
    this.estimate = held.estimates[0]!;
    // A parameter that moves on a logarithmic scale is walked on it.
    this.#inLogs = held.isLog(0) && this.estimate > 0;
    this.#unit = this.#inLogs ? held.units[0]! / this.estimate : held.units[0]!;
    this.#centre = { at: this.#axis(this.estimate), root: 0, value: lowest, z, slopes: new Float64Array(1) };
  }

  side(direction: -1 | 1): Side {
    const { wanted, bounds, pool, z } = this.#options;
    const end = this.#axis(bounds[direction < 0 ? 0 : 1]);
    let inner = this.#centre;
    let outer: Place | undefined;
    this.#left = searches;
    for (let attempt = 0; attempt < attempts && this.#left > 0; attempt++) {
      outer ??= this.#outwards(inner, direction, end);
      // What was not rejected on the way out is the new inner end.
      for (let k = 0; outer.root < wanted; k++) {
        if (outer.at === end) {
          return this.#open(
            direction,
            outer,
            `the limit of its domain or bounds, ${this.#quantity(end)}, is not rejected`,
          );
        }
        if (k >= steps)
          return this.#open(direction, { ...outer, at: direction * Infinity }, "no value is rejected");
        inner = outer;
        outer = this.#outwards(inner, direction, end);
      }
      const [last, beyond] = this.#narrow(inner, outer);
      // The limit stands if no other start finds less there, and the values a little further out are rejected, too.
      const starts = [z, ...pool];
      const again = this.#at(beyond.at, last, [last.z, ...starts]);
      if (again.root < wanted - 10 * accuracy) {
        [inner, outer] = [again, undefined];
        continue;
      }
      if (!(again.root < Infinity)) {
        const at = this.#axis(this.#options.held.measures[0]!.value(last.z));
        // There are no numbers further out: 7e-313 is where they end, not what the runs say.
        if (this.#inLogs && Math.abs(at) > farthest)
          return this.#open(direction, { ...last, at: direction * Infinity }, "no value is rejected");
        return this.#open(direction, { ...last, at }, "the quantity cannot go further");
      }
      const further = this.#clamped(again.at + 0.1 * (again.at - this.#centre.at), direction, end);
      const next = this.#at(further, again, [again.z, z]);
      if (next.root < wanted) {
        [inner, outer] = [next, undefined];
        continue;
      }
      return { limit: this.#quantity(beyond.at), closes: true, z: beyond.z };
    }
    return this.#open(direction, { ...inner, at: direction * Infinity }, "the curve does not settle");
  }

  /** Points from the estimate to a quarter past the limit. */
  curve(side: Side, direction: -1 | 1, points: number): ProfilePoint[] {
    const { wanted, lowest, bounds } = this.#options;
    const end = this.#axis(bounds[direction < 0 ? 0 : 1]);
    const limit = this.#axis(side.limit);
    const reach = Number.isFinite(limit)
      ? (limit - this.#centre.at) * 1.25
      : direction * 3 * wanted * this.#unit;
    const found: ProfilePoint[] = [];
    let before = this.#centre;
    for (let k = 1; k <= points; k++) {
      const at = this.#clamped(this.#centre.at + (reach * k) / points, direction, end);
      const place = this.#at(at, before, [before.z, side.z]);
      if (!(place.value < Infinity) || at === before.at) continue;
      const signedRoot = direction * place.root;
      found.push({ value: this.#quantity(at), objective: Math.max(place.value, lowest), signedRoot });
      before = place;
    }
    return found;
  }

  /** Illinois' rule on the root: the last two places around the limit, the second of them at it or past it. */
  #narrow(from: Place, to: Place): [inner: Place, outer: Place] {
    const { wanted } = this.#options;
    let [inner, outer] = [from, to];
    let a = inner.root - wanted;
    let b = outer.root - wanted;
    let side = 0;
    for (let k = 0; k < 80 && this.#left > 0; k++) {
      if (b < accuracy || Math.abs(outer.at - inner.at) < 1e-9 * this.#unit) break;
      const share = Number.isFinite(b) ? Math.min(0.99, Math.max(0.01, a / (a - b))) : 0.5;
      const next = this.#at(inner.at + (outer.at - inner.at) * share, inner, [inner.z]);
      const c = next.root - wanted;
      if (c < 0) {
        if (side < 0) b /= 2;
        side = -1;
        [inner, a] = [next, c];
        if (c > -accuracy) return [inner, inner];
      } else {
        if (side > 0) a /= 2;
        side = 1;
        [outer, b] = [next, c];
      }
    }
    return [inner, outer];
  }

  #outwards(inner: Place, direction: -1 | 1, end: number): Place {
    const { wanted, z } = this.#options;
    const centre = this.#centre.at;
    // The root is nearly straight: aim a little past where a line through the estimate meets the limit.
    const stretch = Math.min(3, Math.max(1.1, (1.05 * wanted) / Math.max(inner.root, 1e-9)));
    let at =
      inner === this.#centre
        ? centre + direction * wanted * this.#unit
        : centre + (inner.at - centre) * stretch;
    // Many quantities are positive only: look close to zero before beyond it, once.
    const crosses = inner.at * centre > 0 && at * centre <= 0;
    if (!this.#inLogs && crosses && Math.abs(inner.at) > Math.abs(centre) / 5) at = inner.at / 3;
    return this.#at(this.#clamped(at, direction, end), inner, inner === this.#centre ? [z] : [inner.z, z]);
  }

  #at(at: number, near: Place, starts: readonly Float64Array[]): Place {
    const { held, lowest, dispersion } = this.#options;
    const centre = this.#centre.at;
    const slope =
      near === this.#centre || near.at === centre
        ? (dispersion * (at - centre)) / this.#unit
        : (near.slopes[0]! * (at - centre)) / (near.at - centre);
    this.#left -= starts.length;
    const found = held.lowest([this.#quantity(at)], starts, Float64Array.of(slope));
    return { ...found, at, root: Math.sqrt((2 * Math.max(0, found.value - lowest)) / dispersion) };
  }

  #open(direction: -1 | 1, { at, z }: Pick<Place, "at" | "z">, why: string): Side {
    const side = direction < 0 ? "below" : "above";
    return { limit: this.#quantity(at), closes: false, note: `open ${side}: ${why}`, z };
  }

  #clamped(at: number, direction: -1 | 1, end: number): number {
    return direction < 0 ? Math.max(at, end) : Math.min(at, end);
  }

  #axis(value: number): number {
    return this.#inLogs ? Math.log(value) : value;
  }

  #quantity(at: number): number {
    return this.#inLogs ? Math.exp(at) : at;
  }
}
