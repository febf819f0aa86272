import Papa from "papaparse";

const candidates = [",", "\t", ";", "|"];
const rowsLooked = 20;

/**
 * The delimiter: of those that split the header the one with which most of the first rows agree, in case of doubt the
 * first of comma, tab, semicolon and bar. A comma where none splits the header.
 *
 * @param sample the beginning of the text; a row that is cut off at its end does not count
 */
export function chooseDelimiter(sample: string, newline: "\n" | "\r"): string {
  let best = { delimiter: ",", agreeing: 0 };
  for (const delimiter of candidates) {
    const parser = new Papa.Parser({ delimiter, newline, preview: rowsLooked });
    const rows = (parser.parse(sample, 0, true).data as string[][]).filter(
      (row) => row.length > 1 || row[0]!.trim() !== "",
    );
    const columns = rows[0]?.length ?? 0;
    if (columns < 2) continue;
    const agreeing = rows.filter((row) => row.length === columns).length / rows.length;
    if (agreeing > best.agreeing) best = { delimiter, agreeing };
  }
  return best.delimiter;
}
