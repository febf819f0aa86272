/** Throws unless `value` is one of the texts: an unknown one would be taken for whichever comes last, without a word. */
export function requireOneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new RangeError(`${name} must be ${choices.join(" or ")}, got ${value}`);
}
