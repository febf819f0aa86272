import { formatNumber } from "../../../format/formatNumber.ts";
import type { MimeBundle } from "../../../format/jupyterDisplay.ts";
import { summaryBundle } from "../../../format/summaryBundle.ts";
import type { Interval } from "../Interval.ts";

/** What the display of a bootstrap reads. */
interface Replicates<P extends string> {
  readonly resamples: number;
  readonly kind: string;
  readonly seed: number;
  readonly standardErrors: Readonly<Record<P, number>>;
  interval(name: P, level: number): Interval;
}

/** A bootstrap in a notebook: standard errors and 95 % intervals. */
export function displayBootstrap<P extends string>(replicates: Replicates<P>): MimeBundle {
  const names = Object.keys(replicates.standardErrors) as P[];
  const rows = names.map((name) => {
    const [low, high] = replicates.interval(name, 0.95);
    return [name, formatNumber(replicates.standardErrors[name]), formatNumber(low), formatNumber(high)];
  });
  const summary = `${replicates.resamples} replicates, ${replicates.kind}, seed ${replicates.seed}`;
  return summaryBundle(summary, ["parameter", "standard error", "2.5 %", "97.5 %"], rows);
}
