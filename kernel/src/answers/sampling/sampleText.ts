import { formatNumber, type SampleCount } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { leastSamples, type SampleCurve } from "./sampleCurve.ts";

/** The pass@k curve for a terminal. */
export function sampleText(path: string, counts: readonly SampleCount[], answer: SampleCurve): string {
  const { problems, passAtK, fit, notes } = answer;
  const width = Math.max(...passAtK.map((point) => String(point.k).length));
  const rows = passAtK.map(
    (point) => `${String(point.k).padStart(width + 2)}  ${formatNumber(point.coverage)}`,
  );
  const law = fit
    ? `fit: c(k) = exp(a k^-b) with a = ${formatNumber(fit.a)}, b = ${formatNumber(fit.b)} (R2 ${formatNumber(fit.r2)}, largest error ${formatNumber(fit.maxError, 2)})\n`
    : "";
  return `${shownPath(path)}: ${problems} problems, at least ${leastSamples(counts)} samples each
${"k".padStart(width + 2)}  pass@k
${rows.join("\n")}
${law}${notes.map((note) => `note: ${note}\n`).join("")}`;
}
