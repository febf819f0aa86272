/** The text of one code cell and its tags. */
export type Tagged = readonly [source: string, ...tags: string[]];

/** A notebook file of such cells that was never run. */
export function notebookText(...cells: Tagged[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(([source, ...tags], k) => ({
      cell_type: "code",
      id: `c${k}`,
      metadata: tags.length > 0 ? { tags } : {},
      source,
      execution_count: null,
      outputs: [],
    })),
  });
}
