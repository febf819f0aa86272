import { chinchilla } from "./chinchilla.ts";
import type { Law, LawSpecification } from "./Law.ts";

const factories: Readonly<Record<string, (...args: never[]) => Law>> = {
  chinchilla: () => chinchilla,
};

/**
 * The built-in law that a specification (from JSON or another thread) stands for.
 *
 * @throws RangeError when no built-in law has that kind.
 */
export function lawFromSpecification({ kind, arguments: values }: LawSpecification): Law {
  const factory = factories[kind];
  if (!factory)
    throw new RangeError(`no built-in law is called ${kind}; there are ${Object.keys(factories).join(", ")}`);
  return factory(...(values as never[]));
}
