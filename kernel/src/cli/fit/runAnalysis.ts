import { parseAgainst } from "../../answers/fit/against.ts";
import { type AnalyseOptions, type Analysis, analyse, refuseUnplannable } from "../../answers/fit/analyse.ts";
import { fitByGroups, type GroupFit } from "../../answers/fit/byGroups.ts";
import { type OutputRow, runRecords } from "../../answers/fit/runRecords.ts";
import type { Watching } from "../inputs/withTables.ts";
import { asUsage } from "../options/UsageError.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import type { LoadedTable } from "./loadTable.ts";
import { valuesFor } from "./parameterValues.ts";
import type { FitQuestion } from "./readQuestion.ts";

/** Fits the law that was asked for, and asks of it what the options ask. */
export function runAnalysis(
  name: string,
  { loaded, laws, texts }: LoadedTable,
  options: FitCommandOptions,
  question: FitQuestion,
  { signal, progress }: Watching,
): Promise<Analysis> {
  return analyse(
    laws[0]!.law,
    loaded,
    asked({ laws, texts }, options, question, signal, (done, total) =>
      progress.step(`${name}: ${done} of ${total} bootstrap replicates`),
    ),
  );
}

/** What the options ask of a fit, or of each. */
function asked(
  { laws, texts }: Pick<LoadedTable, "laws" | "texts">,
  options: FitCommandOptions,
  question: FitQuestion,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): AnalyseOptions {
  const { law } = laws[0]!;
  const others = laws.slice(1);
  const against = options.against === undefined ? [] : parseAgainst(options.against);
  asUsage(() => {
    if (question.planFlops !== undefined) refuseUnplannable(law);
    if (against.length > 0) refuseIncomparable(law);
    const other = others.find((one) => one.law.response.name !== law.response.name);
    if (other) {
      throw new RangeError(
        `--compare sets laws of one response side by side; ${law.name} predicts ${law.response.name}, and ${other.law.name} ${other.law.response.name}`,
      );
    }
  });
  return {
    fit: { ...question.fit, ...question.parameters },
    resamples: options.bootstrap,
    seed: options.seed,
    level: options.level,
    holdouts: question.table.holdouts.map(({ text }) => text),
    others: others.map((one) => ({
      law: one.law,
      fit: { ...cleared, ...valuesFor(one.law, question.parameters) },
    })),
    against,
    texts,
    planFlops: question.planFlops,
    signal,
    onProgress,
  };
}

/** What one law's parameters are told is not another's. */
const cleared = { fixed: {}, tied: {}, bounds: {}, priors: {}, start: undefined };

function refuseIncomparable(law: Analysis["law"]): void {
  const names = law.variables.map(({ name }) => name);
  if (law.response.name === "loss" && names.includes("nParams") && names.includes("nTokens")) return;
  throw new RangeError(
    `--against needs runs of a loss in nParams and nTokens, and ${law.name} predicts ${law.response.name} from ${names.join(", ")}`,
  );
}

/** One fit a value of `--by`, with the rows that `--output` writes. */
export async function runGroups(
  { loaded, laws, by, texts }: LoadedTable,
  options: FitCommandOptions,
  question: FitQuestion,
  { signal, progress }: Watching,
): Promise<(GroupFit & { readonly rows: () => OutputRow[] })[]> {
  let at = "";
  const asks = asked({ laws, texts }, options, question, signal, (done, total) =>
    progress.step(`${at}, ${done} of ${total} bootstrap replicates`),
  );
  const groups = await fitByGroups(laws[0]!.law, loaded, by!, asks, (done, total) => {
    signal.throwIfAborted();
    at = `${done} of ${total} groups fitted`;
    progress.step(at);
  });
  return groups.map((group) => ({
    ...group,
    rows() {
      const isOwn = (_: string, k: number) => by![k] === group.value;
      const beside = [...texts].map(([name, values]) => [name, values.filter(isOwn)] as const);
      const { bootstrap } = group;
      return runRecords(group.fit, group.loaded, new Map(beside), { level: question.interval, bootstrap });
    },
  }));
}
