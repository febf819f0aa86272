import { type ScenarioRow, scenarioRow, unreadRow } from "../../answers/cost/scenarioRows.ts";
import { shownPath } from "../../files/shownPath.ts";
import { readColumns } from "../../tables/readColumns.ts";
import { withTables } from "../inputs/withTables.ts";
import { say } from "../terminal/quiet.ts";
import { writeTable } from "../writeTable.ts";

/** Columns without which no row can be timed. */
const needed = ["model", "hardware"];

/** Times every run of a table, and writes the table with the times. */
export async function timeScenarios(
  path: string,
  out: string | undefined,
  format: string | undefined,
): Promise<void> {
  await withTables([path], { format, writes: [["--out", out]] }, async ({ files }, { progress, signal }) => {
    const rows: ScenarioRow[] = [];
    for (const file of files) {
      const choose = (header: readonly string[]) => {
        const missing = needed.filter((name) => !header.includes(name));
        if (missing.length > 0) {
          throw new RangeError(
            `${shownPath(file.path)} has no column ${missing.join(" and no ")}; it needs model, hardware and what else is known of n_devices, precision, engine, parallel, batch, isl, notes`,
          );
        }
        return { numbers: [], texts: header };
      };
      const onRows = (count: number) => progress.step(`${shownPath(file.path)}: ${count} rows read`);
      const table = await readColumns(file.path, choose, onRows, file.format);
      for (const note of table.notes) say(`${shownPath(file.path)}: ${note}`);
      const { n, texts } = table;
      const columns = [...texts];
      for (let i = 0; i < n; i++) {
        if (i % 100 === 0) {
          progress.step(`${i} of ${n} runs timed`);
          // Lets Ctrl-C through.
          await new Promise((resolve) => setImmediate(resolve));
          signal.throwIfAborted();
        }
        const row = Object.fromEntries(columns.map(([name, cells]) => [name, cells[i]!]));
        const cells = table.raggedCells(i);
        // Which of its columns such a row lacks cannot be told, so that its cells are not read.
        rows.push(
          cells === undefined
            ? scenarioRow(row)
            : unreadRow(
                row,
                `${table.unit} ${table.place(i)} has ${cells} cells where the header has ${table.columns}`,
              ),
        );
      }
    }
    writeTable("--out", out!, rows);
    const without = rows.filter((row) => row.mfu === "").length;
    say(
      `${rows.length} rows, ${rows.length - without} timed${without > 0 ? `, ${without} without an answer (column note)` : ""}`,
    );
  });
}
