/**
 * Looks at what `fit` was called with. Nothing in a page, which is to be small: whoever writes it has tried the call in
 * Node or in a notebook, where hostFitArguments.ts stands here.
 */
export function checkFitArguments(_law: unknown, _options: unknown): void {}

/** What a cell holds that cannot be used, where it stands, and the way out. */
export function describeCell(_name: string, value: unknown, row: number): string {
  return `${typeof value === "string" ? JSON.stringify(value) : value} in row ${row}; drop the row or fix the file`;
}
