import {
  addedColumns,
  answeredRow,
  type GivenRow,
  type ScenarioRow,
  type ScenarioTable,
  unreadRow,
} from "../../answers/cost/ScenarioTable.ts";
import { shownPath } from "../../files/shownPath.ts";
import { readColumns } from "../../tables/readColumns.ts";
import { type OptionalPath, type Watching, withTables } from "../inputs/withTables.ts";
import { say } from "../terminal/quiet.ts";
import { writeTable } from "../writeTable.ts";

/** Where a table of scenarios is, and where its answers go. */
export interface ScenarioFiles {
  readonly path: string;
  /** A file, or - for standard output. */
  readonly out: string;
  readonly format: string | undefined;
  /** What is read beside the table, and must not be written over. */
  readonly reads?: readonly OptionalPath[];
}

/** Answers every row of a table, and writes the table with the answers: the same rows in the same order. */
export async function answerScenarios(table: ScenarioTable, files: ScenarioFiles): Promise<void> {
  const { path, out, format, reads = [] } = files;
  const written = out === "-" ? undefined : out;
  await withTables([path], { format, reads, writes: [["--out", written]] }, async ({ files }, watching) => {
    const rows: ScenarioRow[] = [];
    for (const file of files) await answerFile(table, file, rows, watching);
    watching.progress.clear();
    writeTable("--out", out, rows);
    // Only what has no answer has no figure.
    const without = rows.filter((row) => row[table.figures[0]!] === "");
    say(
      `${rows.length} rows, ${rows.length - without.length} timed${without.length > 0 ? `, ${without.length} without an answer (column note)` : ""}`,
    );
    if (without.length === rows.length) {
      console.error(`isoflop: warning: no row of ${shownPath(path)} has an answer; ${without[0]!.note}`);
    }
  });
}

async function answerFile(
  table: ScenarioTable,
  file: Parameters<Parameters<typeof withTables>[2]>[0]["files"][number],
  rows: ScenarioRow[],
  { progress, signal }: Watching,
): Promise<void> {
  const name = shownPath(file.path);
  const choose = (header: readonly string[]) => {
    const missing = table.needed.filter((column) => !header.includes(column));
    if (missing.length > 0) {
      throw new RangeError(
        `${name} has no column ${missing.join(" and no ")}; it needs ${table.needed.join(", ")} and what else is known of ${table.read.join(", ")}`,
      );
    }
    return { numbers: [], texts: header };
  };
  const onRows = (count: number) => progress.step(`${name}: ${count} rows read`);
  const read = await readColumns(file.path, choose, onRows, file.format);
  for (const note of read.notes) say(`${name}: ${note}`);
  const columns = [...read.texts];
  const replaced = addedColumns(table).filter((column) => read.texts.has(column));
  if (replaced.length > 0) say(`${name}: the answers stand in the place of its ${replaced.join(", ")}`);
  const given = Array.from({ length: read.n }, (_, i) =>
    Object.fromEntries(columns.map(([column, cells]) => [column, cells[i]!])),
  );
  const runs = new Map<string, GivenRow[]>();
  for (const row of given) {
    const { measurement = "" } = row;
    if (measurement !== "") runs.set(measurement, [...(runs.get(measurement) ?? []), row]);
  }
  for (const [i, row] of given.entries()) {
    if (i % 100 === 0) {
      progress.step(`${i} of ${read.n} rows timed`);
      // Lets Ctrl-C through.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    const cells = read.raggedCells(i);
    // Which of its columns such a row lacks cannot be told, so that its cells are not read.
    rows.push(
      cells === undefined
        ? answeredRow(table, row, runs.get(row.measurement ?? ""))
        : unreadRow(
            table,
            row,
            `${read.unit} ${read.place(i)} has ${cells} cells where the header has ${read.columns}`,
          ),
    );
  }
}
