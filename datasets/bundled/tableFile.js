// In the build for bundlers, stands for src/csv/tableFile.ts: there is no file beside a bundle.
export function tableFile(table) {
  throw new Error(
    `a bundle has no tables/${table}.csv; import the table's loader from isoflop-datasets, which carries its table, or read a text of your own with parseTable`,
  );
}
