/** Constants from a table of refits: so many numbers a refit, between blanks, ends of lines or `;`. */
export function readReplicates<P extends string>(
  table: string,
  names: readonly P[],
): readonly Readonly<Record<P, number>>[] {
  const values = table
    .trim()
    .split(/[\s;]+/)
    .map(Number);
  const at = (k: number) => names.map((name, j) => [name, values[k * names.length + j]!]);
  return Object.freeze(
    Array.from({ length: values.length / names.length }, (_, k) =>
      Object.freeze(Object.fromEntries(at(k)) as Readonly<Record<P, number>>),
    ),
  );
}
