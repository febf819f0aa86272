import { normalQuantile } from "../../../numerics/distributions/normal.ts";

/** What the predicted standard deviation is multiplied by at the ends of the intervals. */
export interface IntervalEnds {
  readonly lower80: number;
  readonly upper80: number;
  readonly lower95: number;
  readonly upper95: number;
}

/** Factors by novelty (`known` for none); within by kind, `kind|stratum`, and "" for all rows. */
export type FactorTable = Readonly<Record<string, Readonly<Record<string, IntervalEnds>>>>;

/** Of a normal distribution. */
export const normalEnds: IntervalEnds = { lower80: 1.2816, upper80: 1.2816, lower95: 1.96, upper95: 1.96 };

/** A left-out row as factors need it: its deviation in standard deviations, and what it was left out with. */
export interface AwayRow {
  readonly away: number;
  readonly group: string;
  readonly kind: string;
  readonly stratum: string;
}

/** Fewer rows have no factors of their own. */
const fewestRows = 30;

/** Own factors count for half at so many rows that say something new. */
const halfAt = 10;

/** Rows without noise would have intervals without width. */
const least = 0.25;

/** One tail may be twice as full as the other by chance; beyond so many standard errors it is not. */
const skewErrors = 3;

/** Factors of all rows, of each kind, and of each stratum within a kind; each leans on the one before. */
export function endsByKind(rows: readonly AwayRow[]): Record<string, IntervalEnds> {
  if (rows.length === 0) return {};
  const table: Record<string, IntervalEnds> = { "": endsOf(rows).ends };
  for (const [kind, own] of grouped(rows, (row) => row.kind)) {
    table[kind] = leaning(own, table[""]!);
    for (const [stratum, within] of grouped(own, (row) => row.stratum)) {
      if (stratum === "" || within.length < fewestRows) continue;
      table[`${kind}|${stratum}`] = leaning(within, table[kind]!);
    }
  }
  return table;
}

function leaning(rows: readonly AwayRow[], towards: IntervalEnds): IntervalEnds {
  if (rows.length < fewestRows) return towards;
  const { ends, effective } = endsOf(rows);
  const share = effective / (effective + halfAt);
  const mix = (name: keyof IntervalEnds) => towards[name] * (ends[name] / towards[name]) ** share;
  return {
    lower80: mix("lower80"),
    upper80: mix("upper80"),
    lower95: mix("lower95"),
    upper95: mix("upper95"),
  };
}

/**
 * Quantiles of split conformal prediction of |away|, of n rows that say something new and the one to come: of rows that
 * were left out together, as many as their agreement leaves (`effectiveRows`). Of the deviations below and above zero by
 * themselves where one tail is fuller than chance allows.
 */
export function endsOf(rows: readonly AwayRow[]): { ends: IntervalEnds; effective: number } {
  const both = rows.map(({ away }) => Math.abs(away));
  // Of the 20 % beyond, as the few beyond 95 % do not show how they agree.
  const effective = effectiveRows(rows, both, 0.8);
  const f80 = Math.max(least, factorAt(both, 0.8, effective, 2));
  const f95 = Math.max(least, factorAt(both, 0.95, effective, 2));
  const beyond = rows.filter(({ away }) => Math.abs(away) > f80);
  const above = beyond.filter(({ away }) => away > 0).length;
  const design = Math.max(1, rows.length / effective);
  const skew = Math.abs(2 * above - beyond.length) / Math.sqrt(design * Math.max(1, beyond.length));
  if (skew < skewErrors) {
    return { ends: { lower80: f80, upper80: f80, lower95: f95, upper95: f95 }, effective };
  }
  const up = rows.map(({ away }) => away);
  const down = up.map((away) => -away);
  const end = (scores: number[], level: number) => Math.max(least, factorAt(scores, level, effective, 1));
  return {
    ends: {
      lower80: end(down, 0.9),
      upper80: end(up, 0.9),
      lower95: end(down, 0.975),
      upper95: end(up, 0.975),
    },
    effective,
  };
}

/** Quantile of the scores at a level, as of the one to come. */
function factorAt(scores: readonly number[], level: number, effective: number, sides: 1 | 2): number {
  const sorted = Float64Array.from(scores).sort();
  const n = sorted.length;
  const share = level * (1 + 1 / effective);
  if (share <= 1) return orderStatistic(sorted, share * n);
  // Beyond the farthest row, which is where effective/(effective + 1) of them are: as a normal tail goes on.
  const tail = (inside: number) => normalQuantile(sides === 2 ? (1 + inside) / 2 : inside);
  const reached = Math.max(effective / (effective + 1), sides === 2 ? 0.3 : 0.65);
  return (sorted[n - 1]! * tail(level)) / tail(reached);
}

/** The k-th smallest, k from 1 on and not whole. */
function orderStatistic(sorted: Float64Array, k: number): number {
  const at = Math.max(0, Math.min(sorted.length - 1, k - 1));
  const low = Math.floor(at);
  const next = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return sorted[low]! + (at - low) * (next - sorted[low]!);
}

/**
 * How many rows by themselves would say as much about the share beyond the quantile as these groups do: n over the design
 * effect, the variance of the count by groups over that of n separate rows (Kish 1965, Survey Sampling, 8.2).
 */
function effectiveRows(rows: readonly AwayRow[], scores: readonly number[], level: number): number {
  const n = rows.length;
  const factor = orderStatistic(Float64Array.from(scores).sort(), level * n);
  let beyond = 0;
  for (const score of scores) beyond += Number(score > factor);
  const share = Math.max(beyond, 0.5) / n;
  const sums = new Map<string, number>();
  rows.forEach(({ group }, i) => {
    sums.set(group, (sums.get(group) ?? 0) + Number(scores[i]! > factor) - share);
  });
  const groups = sums.size;
  if (groups < 2) return 1;
  let square = 0;
  for (const sum of sums.values()) square += sum * sum;
  const separate = (n * share * (1 - share) * n) / (n - 1);
  return Math.max(1, n / Math.max(1, (square * groups) / (groups - 1) / separate));
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const own = groups.get(key(row));
    if (own) own.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
