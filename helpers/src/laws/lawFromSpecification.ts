import { lawFactories } from "./builtInLaws.ts";
import type { Law, LawSpecification } from "./definition/Law.ts";

/**
 * The built-in law that a specification (`law.specification`, from JSON or another thread) stands for.
 *
 * @throws RangeError when no built-in law has that kind, or an argument is not what it takes.
 *
 * @example
 * ```ts
 * import { lawFromSpecification } from "isoflop";
 * lawFromSpecification({ kind: "powerLaw", arguments: ["flops"] }).name; // => "powerLaw(flops)"
 * ```
 */
export function lawFromSpecification({ kind, arguments: values }: LawSpecification): Law {
  const build = lawFactories.get(kind);
  if (!build) {
    const kinds = [...lawFactories.keys()].sort().join(", ");
    throw new RangeError(`no built-in law is called ${kind}; there are ${kinds}`);
  }
  if (!Array.isArray(values)) {
    throw new RangeError(`the arguments of ${kind} must be a list, got ${typeof values}`);
  }
  return build(values);
}
