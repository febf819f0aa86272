/** What the executor writes to its real stdout and stderr after cell `cell`; nobody prints this by accident. */
export function streamsEndMark(cell: number): string {
  return `\u0000isoflop:end-of-cell:${cell}\u0000`;
}
