/** A table in Markdown; cells are anybody's text. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(escapeMarkdown)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
  ].join("\n");
}

/** A text that Markdown shows as it is. */
export const escapeMarkdown = (text: string) =>
  text.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|$#]/g, "\\$&");

/** A table in LaTeX with booktabs' rules. */
export function latexTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumeric = columns.map((_, at) => rows.every((row) => /^[−-]?[\d.]|^[∞–]?$/.test(row[at] ?? "")));
  const line = (cells: readonly string[]) => `${cells.map(escapeLatex).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{${isNumeric.map((one) => (one ? "r" : "l")).join("")}}`,
    "\\toprule",
    line(columns),
    "\\midrule",
    ...rows.map(line),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n");
}

const latexSigns: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "−": "$-$",
  "…": "\\ldots{}",
  "×": "$\\times$",
  "∞": "$\\infty$",
};

/** A text that LaTeX shows as it is. */
export const escapeLatex = (text: string) =>
  text.replace(/[\r\n]+/g, " ").replace(/[\\~^<>−…×∞]|[{}#$%&_]/g, (sign) => latexSigns[sign] ?? `\\${sign}`);
