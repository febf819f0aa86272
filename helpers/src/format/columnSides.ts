/** Where the text of a column stands. */
export type Side = "left" | "right";

/** Columns of numbers stand to the right, all others to the left. */
export function columnSides(count: number, rows: readonly (readonly string[])[]): Side[] {
  return Array.from({ length: count }, (_, j) =>
    rows.length > 0 && rows.every((row) => /^[−\-+\d.∞]/.test(row[j] ?? "")) ? "right" : "left",
  );
}

/** An attribute that says so: front ends have rules of their own for tables, which only that overrules. */
export function sideStyle(side: Side): string {
  return ` style="text-align: ${side}"`;
}
