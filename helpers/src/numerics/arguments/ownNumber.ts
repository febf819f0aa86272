/** The number that an object has under a name of its own: a source may be called `constructor`, which every object inherits. */
export function ownNumber(
  values: Readonly<Partial<Record<string, number>>>,
  name: string,
): number | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
