import { parseAgainst } from "../../answers/fit/against.ts";
import { type Analysis, analyse, refuseUnplannable } from "../../answers/fit/analyse.ts";
import { fitByGroups, type GroupFit } from "../../answers/fit/byGroups.ts";
import { type OutputRow, runRecords } from "../../answers/fit/runRecords.ts";
import type { LoadedRuns } from "../../tables/loadRuns.ts";
import { asUsage } from "../options/UsageError.ts";
import type { FitCommandOptions } from "./fitOptions.ts";
import type { LoadedTable, Watching } from "./loadTable.ts";
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
  return analyse(law, loaded, {
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
    onProgress: (done, total) => progress.step(`${name}: ${done} of ${total} bootstrap replicates`),
  });
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
export function runGroups(
  { loaded, laws, by, texts }: LoadedTable,
  question: FitQuestion,
  { signal, progress }: Watching,
): (GroupFit & { readonly rows: () => OutputRow[] })[] {
  const { law } = laws[0]!;
  const groups = fitByGroups(
    law,
    loaded.runs,
    by!,
    { ...question.fit, ...question.parameters },
    (done, total) => {
      signal.throwIfAborted();
      progress.step(`${done} of ${total} groups fitted`);
    },
  );
  return groups.map((group) => ({
    ...group,
    rows() {
      const members = loaded.runs.flatMap((_, k) => (by![k] === group.value ? [k] : []));
      const own: LoadedRuns = {
        ...loaded,
        runs: members.map((k) => loaded.runs[k]!),
        placeOf: (k) => loaded.placeOf(members[k]!),
      };
      const beside = [...texts].map(([name, values]) => [name, members.map((k) => values[k]!)] as const);
      return runRecords(group.fit, own, new Map(beside), { level: question.interval, bootstrap: null });
    },
  }));
}
