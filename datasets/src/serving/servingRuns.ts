import type { Row } from "../csv/defineTable.ts";
import { servingFigures } from "../tables/servingFigures.ts";
import { servingSetups } from "../tables/servingSetups.ts";

type Setup = Row<typeof servingSetups>;
type Figures = Row<typeof servingFigures>;

/** A run of serving with what it was done with. */
export type ServingRun = Omit<Setup, "setup" | "reference"> &
  Omit<Figures, "setup" | "measurement" | "entry"> & {
    readonly measurement: string;
    /** Degrees of instances that both prefill and decode, as `parallel` has them. */
    readonly tp: number | undefined;
    readonly pp: number | undefined;
    readonly dp: number | undefined;
    /** Entry of the source's file, or the file. */
    readonly sourceRef: string;
  };

let all: readonly ServingRun[] | undefined;

/**
 * Published measurements of serving, one row a run: `servingFigures` with their `servingSetups`. `measuredServing` gives the same,
 * one row a figure, under the names of the sources.
 *
 * @example
 * import { servingRuns } from "isoflop-datasets";
 * servingRuns().find((run) => run.measurement === "aic80")?.ttftMeanMs; // => 324.692
 */
export function servingRuns(): readonly ServingRun[] {
  if (!all) {
    const setups = new Map(servingSetups().map((each) => [each.setup, each]));
    all = Object.freeze(servingFigures().map((figures) => joined(setups.get(figures.setup)!, figures)));
  }
  return all;
}

function joined(
  { setup: _, reference, ...setup }: Setup,
  { setup: __, measurement, entry, ...figures }: Figures,
): ServingRun {
  const scenario = `${reference}/${setup.mode}`;
  const { isl, osl, batch } = figures;
  const told = {
    aiconfigurator: {
      measurement: `aic${measurement}`,
      sourceRef: `${reference}_${isl}x${osl}_c${batch}_${entry}`,
    },
    mlperf: {
      measurement: measurement ?? `mli51-${scenario.replaceAll("/", "-")}`,
      sourceRef: scenario.replace("/", "/results/"),
    },
    trtllm: { measurement: `trt${measurement}`, sourceRef: reference },
  }[setup.source];
  return Object.freeze({ ...setup, ...figures, ...degrees(setup.parallel), ...told });
}

/** Degrees of "tp8pp1adp1moetp8ep1", "TP8 PP1" and "DEP8 (…) PP1". */
function degrees(parallel: string): Pick<ServingRun, "tp" | "pp" | "dp"> {
  const [, tp, pp, dp] = /^tp(\d*) ?pp(\d*)(?:adp(\d*)moe|$)/i.exec(parallel) ?? [
    "",
    "",
    /^DEP.* PP(\d+)$/.exec(parallel)?.[1],
  ];
  const number = (digits: string | undefined) => (digits ? Number(digits) : undefined);
  return { tp: number(tp), pp: number(pp), dp: number(dp) };
}
