/** What is known of runs that may be made, and of the target behind them. */
export interface RunChoice {
  /** Of each response. The target is the last point, which no run is made at. */
  readonly responses: readonly {
    /** Expected products of errors at points, i n + j. */
    readonly covariance: Float64Array;
    /** Variance of a run's noise at each point. */
    readonly noise: Float64Array;
  }[];
  /** Of each run. */
  readonly cost: Float64Array;
}

/** How much of the variance at the target is left after some runs, a mean over the responses. */
export function leftAfter(choice: RunChoice, runs: readonly number[]): number {
  const known = new Known(choice);
  for (const run of runs) known.make(run);
  return known.left();
}

/** What is left after each of the runs alone. */
export function leftAfterEach(choice: RunChoice): Float64Array {
  const known = new Known(choice);
  return choice.cost.map((_, run) => known.left() - known.gain(run));
}

/**
 * Which runs to make within a budget so that as little as possible of the variance at the target is left: the error there is
 * predicted from the runs' by the best linear rule, whose variance needs no outcome. Greedy choices from several caps on one
 * run's cost, of which the best is bettered by exchanges of one run at a time.
 *
 * Source: Cohn, Ghahramani and Jordan 1996 (expected variance after a run); Fedorov 1972 (exchange).
 *
 * @param most how many runs
 * @param starts choices to begin from besides
 * @returns the runs, each the one that leaves least after those before it
 */
export function chooseRuns(
  choice: RunChoice,
  budget: number,
  most: number,
  starts: readonly (readonly number[])[],
): number[] {
  const greedy = Array.from({ length: most }, (_, k) => greedily(choice, budget, budget / (k + 1), most));
  const all = [...greedy, ...starts.filter((one) => one.length <= most && costOf(choice, one) <= budget)];
  const ranked = all.map((runs) => ({ runs, left: leftAfter(choice, runs) })).sort((a, b) => a.left - b.left);
  const best = ranked[0];
  return best === undefined ? [] : inOrder(choice, exchanged(choice, best.runs, budget, best.left, most));
}

const costOf = ({ cost }: RunChoice, runs: readonly number[]) =>
  runs.reduce((sum, run) => sum + cost[run]!, 0);

/** A gain that is worth a change. */
const worthwhile = 1e-6;

function greedily(choice: RunChoice, budget: number, cap: number, most: number): number[] {
  const known = new Known(choice);
  const runs: number[] = [];
  let rest = budget;
  while (runs.length < most) {
    const next = known.best((run) => choice.cost[run]! <= Math.min(rest, cap) && !runs.includes(run));
    if (next === undefined || !(next.gain > worthwhile)) break;
    known.make(next.run);
    runs.push(next.run);
    rest -= choice.cost[next.run]!;
  }
  return runs;
}

/** Exchanges one run for another, or adds one, as long as less is left. */
function exchanged(
  choice: RunChoice,
  from: readonly number[],
  budget: number,
  left: number,
  most: number,
): number[] {
  let runs = [...from];
  let least = left;
  for (let round = 0; round < 20; round++) {
    const places = [...runs.keys(), ...(runs.length < most ? [runs.length] : [])];
    let better: number[] | undefined;
    for (const place of places) {
      const others = runs.filter((_, k) => k !== place);
      const rest = budget - costOf(choice, others);
      const known = new Known(choice);
      for (const run of others) known.make(run);
      const next = known.best((run) => choice.cost[run]! <= rest && !others.includes(run));
      if (next === undefined || !(known.left() - next.gain < least - worthwhile)) continue;
      better = [...others, next.run];
      least = known.left() - next.gain;
    }
    if (better === undefined) return runs;
    runs = better;
  }
  return runs;
}

/** The run that narrows most first. */
function inOrder(choice: RunChoice, runs: readonly number[]): number[] {
  const known = new Known(choice);
  const ordered: number[] = [];
  while (ordered.length < runs.length) {
    const next = known.best((run) => runs.includes(run) && !ordered.includes(run))!;
    known.make(next.run);
    ordered.push(next.run);
  }
  return ordered;
}

/** What is still open when some runs have been made. */
class Known {
  readonly #responses: OpenResponse[];

  constructor({ responses, cost }: RunChoice) {
    this.#responses = responses.map((one) => new OpenResponse(one.covariance, one.noise, cost.length + 1));
  }

  make(run: number): void {
    for (const one of this.#responses) one.make(run);
  }

  left(): number {
    return mean(this.#responses, (one) => one.left());
  }

  gain(run: number): number {
    return mean(this.#responses, (one) => one.gain(run));
  }

  /** The run that lessens what is left most. */
  best(isAllowed: (run: number) => boolean): { run: number; gain: number } | undefined {
    let found: { run: number; gain: number } | undefined;
    for (let run = 0; run < this.#responses[0]!.runs; run++) {
      if (!isAllowed(run)) continue;
      const gain = this.gain(run);
      if (found === undefined || gain > found.gain) found = { run, gain };
    }
    return found;
  }
}

const mean = <T>(of: readonly T[], value: (one: T) => number) =>
  of.reduce((sum, one) => sum + value(one), 0) / of.length;

/** Of the conditioned covariance only what is asked is kept: its diagonal, and the target's column. */
class OpenResponse {
  readonly runs: number;
  readonly #covariance: Float64Array;
  readonly #noise: Float64Array;
  readonly #own: Float64Array;
  readonly #withTarget: Float64Array;
  readonly #made: { readonly column: Float64Array; readonly total: number }[] = [];
  readonly #before: number;

  constructor(covariance: Float64Array, noise: Float64Array, n: number) {
    this.runs = n - 1;
    this.#covariance = covariance;
    this.#noise = noise;
    this.#own = Float64Array.from({ length: n }, (_, i) => covariance[i * n + i]!);
    this.#withTarget = covariance.slice((n - 1) * n);
    this.#before = covariance.at(-1)!;
  }

  /** Conditions on the outcome of a run. */
  make(run: number): void {
    const total = this.#own[run]! + this.#noise[run]!;
    if (!(total > 0)) return;
    const n = this.runs + 1;
    const column = this.#covariance.slice(run * n, (run + 1) * n);
    for (const { column: earlier, total: of } of this.#made) {
      const share = earlier[run]! / of;
      for (let i = 0; i < n; i++) column[i]! -= share * earlier[i]!;
    }
    const share = column[n - 1]! / total;
    for (let i = 0; i < n; i++) {
      this.#own[i]! -= (column[i]! * column[i]!) / total;
      this.#withTarget[i]! -= share * column[i]!;
    }
    this.#made.push({ column, total });
  }

  /** As a share of what was open at the target before. */
  left(): number {
    return this.#before > 0 ? this.#withTarget.at(-1)! / this.#before : 0;
  }

  /** By how much less is left after a run. */
  gain(run: number): number {
    const total = this.#own[run]! + this.#noise[run]!;
    return total > 0 && this.#before > 0 ? this.#withTarget[run]! ** 2 / total / this.#before : 0;
  }
}
