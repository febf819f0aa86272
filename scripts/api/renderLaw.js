// What a law says of itself, as Markdown: formula, variables and parameters with their units and domains.
import { markdownTable } from "./markdownTable.js";

/**
 * The tables of an exported value: of a law, of the usual members of a family of laws, or of published constants.
 * Nothing for what is no law.
 *
 * @param builtInLaws the laws of the package, families with their usual variables
 */
export function renderLaw(name, value, builtInLaws = []) {
  if (typeof value === "function") {
    const members = builtInLaws.filter((law) => law.specification?.kind === name);
    return members.map((law) => `As \`${law.name}\`:\n\n${lawTable(law)}`).join("\n\n");
  }
  if (isLaw(value)) return lawTable(value);
  if (isLaw(value?.law)) return constantsTable(value);
  return "";
}

const isLaw = (value) => typeof value?.evaluate === "function" && Array.isArray(value.parameters);

function lawTable({ tex, source, response, variables, parameters }) {
  const rows = [
    ["response", response, variableDomain(response)],
    ...variables.map((one) => ["variable", one, variableDomain(one)]),
    ...parameters.map((one) => ["parameter", one, parameterDomain(one)]),
  ];
  return [
    `$$\n${tex}\n$$`,
    markdownTable(
      ["", "name", "unit", "domain", "meaning"],
      rows.map(([role, { name, unit, description }, domain]) => [
        role,
        `\`${name}\``,
        unit,
        domain,
        description,
      ]),
    ),
    `From ${source}.`,
  ].join("\n\n");
}

function constantsTable({ law, parameters, source }) {
  const rows = law.parameters.map(({ name, unit }) => [`\`${name}\``, String(parameters[name]), unit]);
  return `Constants of \`${law.name}\`, from ${source}:\n\n${markdownTable(["name", "value", "unit"], rows)}`;
}

const variableDomain = ({ domain }) => (domain === "positive" ? "> 0" : "any number");

function parameterDomain({ domain: [low, high] }) {
  if (high === Infinity) return low === -Infinity ? "any number" : `≥ ${low}`;
  return low === -Infinity ? `≤ ${high}` : `${low} to ${high}`;
}
