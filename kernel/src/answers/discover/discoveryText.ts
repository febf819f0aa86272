import { type Discovery, formatNumber } from "isoflop";

/** What `isoflop discover` says of a table. */
export function discoveryText(
  name: string,
  rows: number,
  found: Discovery,
  notes: readonly string[],
): string {
  const held = found.folds.map(({ variable, depth, rows }) =>
    variable === "in turn" ? `${rows} in turn` : `top ${depth} of ${variable} (${rows} rows)`,
  );
  const lines = [
    `${name}: ${rows} rows, ${found.considered} laws fitted`,
    `held out: ${held.length > 0 ? held.join(", ") : "nothing, the laws are ranked by BIC"}`,
    "",
    found.decided
      ? "the law"
      : `${found.set.length} laws that the rows do not tell apart, the one that predicts first`,
  ];
  for (const { law, weight, error, parameters, shared, bic, values } of found.set) {
    const groups =
      new Set(values.map(({ group }) => group)).size > 1
        ? `, ${shared ? "exponents shared" : "each group its own exponents"}`
        : "";
    lines.push(`  ${law}`);
    const off = Number.isNaN(error) ? "" : `extrapolates to ${formatNumber(error, 3)} sd of the noise, `;
    lines.push(
      `    ${off}${parameters} parameters${groups}, BIC ${formatNumber(bic, 5)}, weight ${formatNumber(weight, 2)}`,
    );
    const [first] = values;
    if (values.length !== 1 || first === undefined) continue;
    const list = Object.entries(first.parameters).map(([key, value]) => `${key} = ${formatNumber(value, 5)}`);
    lines.push(`    ${list.join(", ")}`);
  }
  return [...lines, ...notes.map((note) => `note: ${note}`)].join("\n");
}
