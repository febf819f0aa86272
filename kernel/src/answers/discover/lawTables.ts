import { type DiscoveredLaw, type Discovery, formatNumber } from "isoflop";
import type { TableCells } from "../fit/pageParts.ts";

/** The laws that the rows do not tell apart, the smallest first. */
export function lawTable({ set }: Discovery): TableCells {
  const hasGroups = set.some(({ values }) => new Set(values.map(({ group }) => group)).size > 1);
  return {
    columns: [
      "",
      "law",
      "parameters",
      ...(hasGroups ? ["exponents"] : []),
      "extrapolation error (sd of the noise)",
      "AICc",
      "weight",
    ],
    rows: set.map(({ law, parameters, shared, error, aicc, weight }, k) => [
      String(k + 1),
      law,
      String(parameters),
      ...(hasGroups ? [shared ? "shared" : "each group's own"] : []),
      Number.isNaN(error) ? "nothing held out" : formatNumber(error, 3),
      formatNumber(aicc, 5),
      formatNumber(weight, 2),
    ]),
  };
}

/** The values of a law's parameters: a row a parameter, or a row a response and group where there are several. */
export function valueTable({ values }: DiscoveredLaw): TableCells {
  const names = Object.keys(values[0]!.parameters);
  const cell = (value: number) => formatNumber(value, 5);
  if (values.length === 1) {
    return {
      columns: ["parameter", "value"],
      rows: names.map((name) => [name, cell(values[0]!.parameters[name]!)]),
    };
  }
  const responses = new Set(values.map(({ response }) => response)).size > 1;
  const groups = new Set(values.map(({ group }) => group)).size > 1;
  return {
    columns: [...(responses ? ["response"] : []), ...(groups ? ["group"] : []), ...names],
    rows: values.map(({ response, group, parameters }) => [
      ...(responses ? [response] : []),
      ...(groups ? [group] : []),
      ...names.map((name) => cell(parameters[name]!)),
    ]),
  };
}
