import type { Command } from "commander";
import { builtInLaws, textTable } from "isoflop";

/** Adds `isoflop laws`: list the built-in laws. */
export function addLawsCommand(program: Command): void {
  program
    .command("laws")
    .description("List the built-in laws, with the fields they read and the parameters they fit.")
    .option("--json", "print the list as JSON, with TeX, units and domains")
    .addHelpText(
      "after",
      `
A law's name is what \`isoflop fit --law\` takes. Families take other fields in parentheses, such as "powerLaw(nTokens)";
a formula such as "L = E + A/N^alpha" makes a law of its own.`,
    )
    .action(({ json }: { json?: boolean }) => {
      process.stdout.write(`${json ? lawsJson() : lawsText()}\n`);
    });
}

function lawsText(): string {
  const rows = builtInLaws.map((law) => [
    law.name,
    law.variables.map(({ name }) => name).join(", "),
    law.response.name,
    law.parameters.map(({ name }) => name).join(", "),
    law.source,
  ]);
  return textTable(["law", "reads", "predicts", "parameters", "source"], rows);
}

function lawsJson(): string {
  const laws = builtInLaws.map(({ name, tex, source, response, variables, parameters }) => ({
    name,
    tex,
    source,
    response,
    variables,
    parameters: parameters.map(({ domain, ...parameter }) => ({
      ...parameter,
      // JSON has no infinity.
      domain: domain.map((end) => (Number.isFinite(end) ? end : null)),
    })),
  }));
  return JSON.stringify(laws, undefined, 2);
}
