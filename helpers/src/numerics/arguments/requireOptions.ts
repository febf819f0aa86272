import { describeGiven } from "./describeGiven.ts";
import { nearestName } from "./nearestName.ts";

/**
 * Throws where an object of options has a field that is no option: left alone, a misspelt option is one that was not set.
 *
 * @param of what takes the options, as messages call it
 * @param names all its options
 */
export function requireOptions<T extends object>(
  of: string,
  options: T,
  names: readonly (keyof T & string)[],
): void {
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw new TypeError(
      `the options of ${of} must be an object such as { ${names[0]}: … }, got ${describeGiven(options)}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name as keyof T & string)) continue;
    const others = names.length > 1 ? `; there are ${names.join(", ")}` : "";
    throw new RangeError(`${of} has no option ${name}; did you mean ${nearestName(name, names)}?${others}`);
  }
}
