import {
  besiroglu2024,
  type Fit,
  type FittedLaw,
  formatNumber,
  formatPercent,
  hoffmann2022,
  hoffmann2022Rounded,
  kaplan2020ParamsTokens,
} from "isoflop";
import type { LoadedRun, RunTable } from "../../tables/RunTable.ts";
import { nearestWord } from "../../text/nearestWord.ts";

/** A published law of the loss in size and data, and where it is from. */
export interface PublishedLaw {
  readonly name: string;
  readonly law: FittedLaw;
  readonly source: string;
}

const published: Readonly<Record<string, readonly [FittedLaw, string]>> = {
  chinchilla: [hoffmann2022 as unknown as FittedLaw, "Hoffmann et al. 2022, digits of the TeX source"],
  "chinchilla-rounded": [hoffmann2022Rounded as unknown as FittedLaw, "Hoffmann et al. 2022, as printed"],
  epoch: [besiroglu2024 as unknown as FittedLaw, "Besiroglu et al. 2024"],
  kaplan: [
    kaplan2020ParamsTokens as unknown as FittedLaw,
    "Kaplan et al. 2020, parameters without embeddings",
  ],
};
const otherNames: Readonly<Record<string, string>> = {
  hoffmann2022: "chinchilla",
  hoffmann: "chinchilla",
  hoffmann2022rounded: "chinchilla-rounded",
  besiroglu2024: "epoch",
  besiroglu: "epoch",
  kaplan2020: "kaplan",
  kaplan2020paramstokens: "kaplan",
};

/**
 * Published laws by their names.
 *
 * @throws RangeError where one has no such name
 */
export function parseAgainst(text: string): PublishedLaw[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names)].map((given) => {
    const name = otherNames[given.toLowerCase()] ?? given.toLowerCase();
    const found = Object.hasOwn(published, name) ? published[name] : undefined;
    if (found) return { name, law: found[0], source: found[1] };
    const known = Object.keys(published);
    const near = nearestWord(given, known);
    throw new RangeError(
      `--against knows no published law "${given}"; ${near === undefined ? "" : `did you mean ${near}? `}there are ${known.join(", ")}`,
    );
  });
}

/** Runs beside a published law. */
export interface Comparison {
  readonly name: string;
  readonly source: string;
  /** Mean of ln(observed / published), as a share: below 0 the runs are better than the law says. */
  readonly offset: number;
  /** Standard deviation of what is left of the logarithms when the offset is taken away. */
  readonly spread: number;
  /** The same of the fit itself, to compare with. */
  readonly ownSpread: number;
  /**
   * Median over the runs of the tokens that the published law needs for the loss that a run of that size reached, by the
   * tokens that it had: above 1 the runs learn from fewer. Null where the law reaches no such loss in more than half of them.
   */
  readonly tokenFactor: number | null;
  /** Runs whose loss the published law reaches at their size with some number of tokens. */
  readonly reached: number;
}

/** Sets runs of a loss in nParams and nTokens beside a published law. */
export function compareWithPublished(
  { name, law, source }: PublishedLaw,
  fit: Fit,
  table: RunTable,
): Comparison {
  const runs = table.records();
  const logs = runs.map((run) => Math.log(run.loss! / law.predict(run as never)));
  const factors = runs.map((run) => tokensFor(law, run) / run.nTokens!);
  const offset = mean(logs);
  const known = factors.filter((factor) => Number.isFinite(factor) && factor > 0);
  return {
    name,
    source,
    offset: Math.expm1(offset),
    spread: deviation(logs),
    ownSpread: deviation([...fit.residuals()]),
    tokenFactor: known.length > runs.length / 2 ? median(factors) : null,
    reached: known.length,
  };
}

/** The tokens at which a law reaches a run's loss at its size; Infinity where it does not, by bisection of ln D. */
function tokensFor(law: FittedLaw, run: LoadedRun): number {
  const at = (logTokens: number) => law.predict({ ...run, nTokens: Math.exp(logTokens) } as never);
  let [low, high] = [0, 92];
  if (!(at(high) < run.loss!)) return Number.POSITIVE_INFINITY;
  if (!(at(low) > run.loss!)) return 1;
  for (let k = 0; k < 80; k++) {
    const middle = (low + high) / 2;
    if (at(middle) > run.loss!) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** The comparisons as a table. */
export function againstTable(comparisons: readonly Comparison[]): {
  columns: string[];
  rows: string[][];
  footnotes: number;
} {
  return {
    footnotes: 5,
    columns: ["published law", "runs' loss", "spread", "of the fit", "tokens it needs", "source"],
    rows: comparisons.map(({ name, offset, spread, ownSpread, tokenFactor, source }) => [
      name,
      formatPercent(offset, 2, true),
      formatPercent(spread),
      formatPercent(ownSpread),
      tokenFactor === null ? "no number" : `${formatNumber(tokenFactor, 3)} ×`,
      source,
    ]),
  };
}
