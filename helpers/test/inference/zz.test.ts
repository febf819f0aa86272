import { fitRuntime } from "isoflop";
import { helmModels, helmProfiledRuntimes, helmSyntheticApiRuntimes } from "isoflop-datasets";
import { test } from "vitest";
const groupBy = <T,>(a: readonly T[], f: (t: T) => string) => { const m = new Map<string, T[]>(); for (const t of a) { const k = f(t); m.set(k, [...(m.get(k) ?? []), t]); } return m; };
import { appendFileSync } from "node:fs";
test("x", () => {
  const groups = groupBy(helmProfiledRuntimes(), (r) => `${r.hardware}/${r.modelKey}`);
  const show = (k: string, rows: any[]) => {
    for (const promptTimes of ["measured", "fitted"] as const) {
    try {
      const sq = fitRuntime(rows, { loss: "squares", promptTimes }); const ch = fitRuntime(rows, { outputTime: "chosen", promptTimes });
      ((...a: any[]) => appendFileSync("/tmp/lg/out.txt", a.join(" ") + "\n"))(k, rows.length, "sizes", sq.promptTimes.length, "G", sq.secondsPerOutputToken.toFixed(5), ch.secondsPerOutputToken.toFixed(5), "F", sq.promptTimes[0]!.seconds.toFixed(4), sq.promptTimes.at(-1)!.seconds.toFixed(4), ch.loss, ch.outliers.length, JSON.stringify(ch.outliers[0]), "constr", sq.constrained.join(" "), "chosen", ch.outputTime.rule, JSON.stringify(ch.outputTime.crossValidation));
    } catch (e) { ((...a: any[]) => appendFileSync("/tmp/lg/out.txt", a.join(" ") + "\n"))(k, promptTimes, (e as Error).message); }
    }
  };
  for (const [k, rows] of groups) show(k, rows.map((r) => ({ promptTokens: r.promptTokens, outputTokens: r.outputTokens, runtimeS: r.runtimeS * r.runtimeMultiplier })));
  for (const [k, rows] of groupBy(helmSyntheticApiRuntimes(), (r) => r.model)) show(k, rows.map((r) => ({ promptTokens: r.requestedPromptTokens, outputTokens: r.requestedOutputTokens, runtimeS: r.rawRuntimeS })));
  for (const [k, rows] of groupBy(helmSyntheticApiRuntimes(), (r) => r.model+r.date)) show(k, rows.map((r) => ({ promptTokens: r.actualPromptTokens ?? r.requestedPromptTokens, outputTokens: r.actualOutputTokens?? r.requestedOutputTokens, runtimeS: r.rawRuntimeS })));
});
