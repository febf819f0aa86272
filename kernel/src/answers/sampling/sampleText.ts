import { formatNumber, type SampleCount } from "isoflop";
import { shownPath } from "../../files/shownPath.ts";
import { wrapText } from "../../text/wrapText.ts";
import { leastSamples, type SampleCurve } from "./sampleCurve.ts";

/** The pass@k curve for a terminal of so many columns. */
export function sampleText(
  path: string,
  counts: readonly SampleCount[],
  answer: SampleCurve,
  width = Number.POSITIVE_INFINITY,
): string {
  const { problems, passAtK, fit, notes } = answer;
  const digits = Math.max(...passAtK.map((point) => String(point.k).length));
  const rows = passAtK.map(
    (point) => `${String(point.k).padStart(digits + 2)}  ${formatNumber(point.coverage)}`,
  );
  const law = fit
    ? `fit: c(k) = exp(a k^-b) with a = ${formatNumber(fit.a)}, b = ${formatNumber(fit.b)} (R2 ${formatNumber(fit.r2)}, largest error ${formatNumber(fit.maxError, 2)})\n`
    : "";
  const text = `${shownPath(path)}: ${problems} problems, at least ${leastSamples(counts)} samples each
${"k".padStart(digits + 2)}  pass@k
${rows.join("\n")}
${law}${notes.map((note) => `note: ${note}\n`).join("")}`;
  return text
    .split("\n")
    .flatMap((line) => wrapText(line, width, 6))
    .join("\n");
}
