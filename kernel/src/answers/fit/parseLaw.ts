import { builtInLaws, type Law, lawFromSpecification } from "isoflop";

/**
 * A law by what `isoflop fit --law` calls it: a built-in law by the name `isoflop laws` lists, such as chinchilla or powerLaw(flops), or a
 * formula, such as "L = E + A/N^alpha".
 *
 * @throws RangeError when no law has the name, or the formula cannot be used
 */
export async function parseLaw(text: string): Promise<Law> {
  if (text.includes("=")) return (await import("isoflop/formula")).defineLaw(text);
  const known = builtInLaws.find((law) => law.name === text);
  if (known) return known;
  const [, kind, list] = /^(\w+)(?:\((.*)\))?$/.exec(text.trim()) ?? [];
  const family = builtInLaws.find((law) => law.specification?.kind === kind);
  if (!kind || !family) {
    const names = builtInLaws.map((law) => law.name).join(", ");
    throw new RangeError(
      `no law is called ${text}; there are ${names}; or write a formula such as "L = E + A/N^alpha"`,
    );
  }
  const words = (list ?? "").split(",").map((word) => word.trim());
  const values = words
    .filter((word) => word !== "")
    .map((word) => (Number.isNaN(Number(word)) ? word : Number(word)));
  if (values.length === 0) return family;
  // Families over several variables take them as one list.
  const takesList = Array.isArray(family.specification!.arguments[0]);
  const law = lawFromSpecification({ kind, arguments: takesList ? [values] : values });
  const { name } = law.response;
  if (law.variables.some((variable) => variable.name === name)) {
    throw new RangeError(`${text} has ${name} on both sides; a law predicts its response from other fields`);
  }
  return law;
}
