/** Constants from a table of a row a replicate, `;` or a line's end between rows, blanks between the constants. */
export function readReplicates<P extends string>(
  table: string,
  names: readonly P[],
): readonly Readonly<Record<P, number>>[] {
  const rows = table.trim().split(/[;\n]/);
  return Object.freeze(
    rows.map((row) => {
      const values = row.trim().split(" ").map(Number);
      const record = Object.fromEntries(names.map((name, k) => [name, values[k]!]));
      return Object.freeze(record) as Readonly<Record<P, number>>;
    }),
  );
}
