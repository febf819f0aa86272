import { type DiscoveredLaw, type Discovery, formatNumber } from "isoflop";
import type { TableCells } from "../fit/pageParts.ts";

/** The laws that the rows do not tell apart, the one that predicts first. */
export function lawTable({ set }: Discovery): TableCells {
  const hasGroups = set.some(({ values }) => new Set(values.map(({ group }) => group)).size > 1);
  return {
    columns: [
      "",
      "law",
      "parameters",
      ...(hasGroups ? ["exponents"] : []),
      "extrapolation error (sd of the noise)",
      "BIC",
      "weight",
    ],
    rows: set.map(({ law, parameters, shared, error, bic, weight }, k) => [
      String(k + 1),
      law,
      String(parameters),
      ...(hasGroups ? [shared ? "shared" : "each group's own"] : []),
      Number.isNaN(error) ? "nothing held out" : formatNumber(error, 3),
      formatNumber(bic, 5),
      formatNumber(weight, 2),
    ]),
  };
}

const cell = (value: number | undefined) => (value === undefined ? "" : formatNumber(value, 5));

/** The values of the parameters: a row a law where there is one response and one group, else a table a law, a row a fit. */
export function valueTables({ set }: Discovery): { title: string; table: TableCells }[] {
  if (set.every(({ values }) => values.length === 1)) {
    const names = [...new Set(set.flatMap(({ values }) => Object.keys(values[0]!.parameters)))];
    const rows = set.map(({ values }, k) => [
      String(k + 1),
      ...names.map((name) => cell(values[0]!.parameters[name])),
    ]);
    return [{ title: "", table: { columns: ["law", ...names], rows } }];
  }
  return set.map((law, k) => ({ title: `Law ${k + 1}`, table: fitTable(law) }));
}

function fitTable({ values }: DiscoveredLaw): TableCells {
  const names = Object.keys(values[0]!.parameters);
  const responses = new Set(values.map(({ response }) => response)).size > 1;
  const groups = new Set(values.map(({ group }) => group)).size > 1;
  return {
    columns: [...(responses ? ["response"] : []), ...(groups ? ["group"] : []), ...names],
    rows: values.map(({ response, group, parameters }) => [
      ...(responses ? [response] : []),
      ...(groups ? [group] : []),
      ...names.map((name) => cell(parameters[name])),
    ]),
  };
}
