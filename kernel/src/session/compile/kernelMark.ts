/** What a cell's code finds around it of the kernel's, behind the mark: parameters of its function, and one of its own. */
export const kernelNames = ["import", "meta", "using", "resumed", "m"] as const;

/** What the kernel's names in a cell begin with: `$`, or as many as no name of the cell has. */
export function kernelMark(source: string): string {
  let longest = 0;
  for (const { 0: signs, index } of source.matchAll(/\$+/g)) {
    const end = index + signs.length;
    if (signs.length > longest && kernelNames.some((name) => source.startsWith(name, end)))
      longest = signs.length;
  }
  return "$".repeat(longest + 1);
}
