import type { FittedLaw } from "../../laws/definition/Law.ts";
import type { TrainingQuestion } from "../TrainingQuestion.ts";
import { tellsSizeFromTokens, variablesToGive } from "./lossSurface.ts";

/**
 * Values of what a law reads besides size and tokens, from the question.
 *
 * @throws RangeError when the law does not tell size from tokens, reads something that was not given, or is given something it
 * does not read
 */
export function givenValues(law: FittedLaw, question: TrainingQuestion): Readonly<Record<string, number>> {
  const { variables, name } = law.law;
  if (!tellsSizeFromTokens(law.law)) {
    const read = variables.map((variable) => variable.name).join(", ");
    throw new RangeError(
      `a plan needs a law in nParams and nTokens (or what follows from them: flops with tokenMultiplier); ${name} reads ${read}`,
    );
  }
  const at: Readonly<Record<string, number>> = {
    ...(question.uniqueTokens !== undefined && { uniqueTokens: question.uniqueTokens }),
    ...question.at,
  };
  const wanted = variablesToGive(law.law);
  for (const key of Object.keys(question.at ?? {})) {
    if (wanted.includes(key)) continue;
    const reads =
      wanted.length > 0
        ? `it reads ${wanted.join(", ")} besides size and tokens`
        : "it reads nothing besides size and tokens";
    throw new RangeError(`at.${key} is nothing that ${name} reads; ${reads}`);
  }
  return Object.fromEntries(
    wanted.map((key) => {
      const value = at[key];
      const { domain, unit } = variables.find((variable) => variable.name === key)!;
      if (value === undefined) {
        throw new RangeError(`${name} reads ${key} (${unit}), which no plan chooses; give at: { ${key}: … }`);
      }
      if (!Number.isFinite(value) || (domain === "positive" && value <= 0)) {
        const must = domain === "positive" ? "must be > 0" : "must be a finite number";
        throw new RangeError(`at.${key} ${must} (${unit}), got ${value}; give one that the law's runs had`);
      }
      return [key, value];
    }),
  );
}
