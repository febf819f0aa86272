/** Where a parameter stands among all; throws where there is none of that name. */
export function indexOfName(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index < 0) throw new RangeError(`no parameter is called ${name}; there are ${names.join(", ")}`);
  return index;
}
