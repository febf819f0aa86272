import { formatNumber } from "../format/formatNumber.ts";
import { textTable } from "../format/textTable.ts";
import { requireOneOf } from "../numerics/arguments/requireOneOf.ts";
import { requireOptions } from "../numerics/arguments/requireOptions.ts";
import type { Summarised, SummaryOptions } from "./fitSummary.ts";
import { defaultLoss } from "./losses/defaultLoss.ts";
import { covariance } from "./uncertainty/covariance.ts";

const latexSigns: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "−": "$-$",
  "^": "\\textasciicircum{}",
};
const inLatex = (text: string) =>
  text.replace(/[\\^−]|[&%$#_{}]/g, (sign) => latexSigns[sign] ?? `\\${sign}`);
const inMarkdown = (text: string) => text.replace(/[\\`*_[\]<>|$]/g, "\\$&");

/** See `Fit.summary`; this file stands in the place of fitSummary.ts in the build for Node. */
export function fitSummary(fit: Summarised, options: SummaryOptions = {}): string {
  requireOptions("summary", options, ["format"]);
  const { format = "text" } = options;
  requireOneOf("format", format, ["text", "markdown", "latex"]);
  const { law, parameters, table, minimum, status, reason } = fit;
  const errors =
    status === "not-identified" ? undefined : (covariance(fit).standardErrors as Record<string, number>);
  const columns = ["parameter", "estimate", "std. error", "unit", "meaning"];
  const rows = law.parameters.map(({ name, unit, description }) => {
    const error = errors?.[name];
    return [
      name,
      formatNumber(parameters[name]!, 5),
      error === undefined || !Number.isFinite(error) ? "–" : formatNumber(error, 2),
      unit,
      description,
    ];
  });
  const loss = (fit.options.loss ?? defaultLoss).label;
  const lines = [
    `${law.name} (${law.source})`,
    `${status}: ${reason}`,
    `${table.n} runs; ${loss} on ${fit.options.residual ?? "log"} residuals, objective ${formatNumber(minimum.value, 6)}`,
    ...(errors ? ["standard errors by the sandwich"] : []),
  ];
  if (format === "text") return [...lines, "", textTable(columns, rows)].join("\n");
  if (format === "markdown") {
    const line = (cells: readonly string[]) => `| ${cells.map(inMarkdown).join(" | ")} |`;
    return [
      ...lines.map((one) => `- ${inMarkdown(one)}`),
      "",
      line(columns),
      "| --- | ---: | ---: | --- | --- |",
      ...rows.map(line),
    ].join("\n");
  }
  const line = (cells: readonly string[]) => `${cells.map(inLatex).join(" & ")} \\\\`;
  return [
    ...lines.map((one) => `% ${one}`),
    "\\begin{tabular}{lrrll}",
    "\\toprule",
    line(columns),
    "\\midrule",
    ...rows.map(line),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");
}
