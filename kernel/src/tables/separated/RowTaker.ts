import { shownPath } from "../../files/shownPath.ts";
import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, Reading, WantedColumns } from "../ColumnTable.ts";
import { plainStyle } from "../numbers/NumberStyle.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { CommentLines } from "./CommentLines.ts";
import { RowEnds } from "./RowEnds.ts";
import { refuseSwallowedRows, type SeparatedLayout } from "./refuseSwallowedRows.ts";
import { longRows, type WideChart, wideChart } from "./wideChart.ts";

/** Takes header and rows of a file of separated values, however they were split, and makes columns of them. */
export class RowTaker {
  builder: ColumnBuilder | undefined;
  /** Without a quote, as most files are, no cell goes over several lines. */
  hasQuotes = false;
  readonly #path: string;
  readonly #choose: ChooseColumns;
  readonly #reading: Reading;
  #ends: RowEnds | undefined;
  #comments: CommentLines | undefined;
  #chart: WideChart | undefined;
  #layout: SeparatedLayout | undefined;
  #wanted: WantedColumns | undefined;

  constructor(path: string, choose: ChooseColumns, reading: Reading) {
    this.#path = path;
    this.#choose = choose;
    this.#reading = reading;
  }

  header(names: readonly string[], line: number, delimiter: string): void {
    const file = shownPath(this.#path);
    refuseManyColumns(`${file}, line ${line}`, names.length);
    const header = names.map((name) => name.trim());
    this.#layout = { file, delimiter, header, numbersAt: undefined };
    this.#check(names, line);
    this.#chart = wideChart(header);
    const columns = this.#chart?.header ?? header;
    const wanted = this.#choose(columns, line);
    const numbersAt = wanted.numbers.map((name) => header.indexOf(name));
    this.#layout = { ...this.#layout, numbersAt: numbersAt.filter((at) => at >= 0) };
    this.#wanted = wanted;
    this.builder = new ColumnBuilder(this.#path, wanted, columns, this.#reading);
    this.#ends = new RowEnds(this.builder, header);
    this.#comments = new CommentLines(file, header.length, numbersAt.includes(0));
  }

  /** The columns of numbers, where rows of nothing but numbers may be handed to the builder as they are. */
  get plainColumns(): { width: number; numbersAt: readonly number[] } | undefined {
    const { texts, wholeRows } = this.#wanted ?? { texts: [""] };
    const { style = plainStyle, evidence } = this.#reading;
    const isPlain = texts.length === 0 && !wholeRows && !evidence && style === plainStyle;
    if (!isPlain || this.#chart || !this.#ends!.areUsual) return undefined;
    return { width: this.#layout!.header.length, numbersAt: this.#layout!.numbersAt! };
  }

  /** A row that is not empty. */
  row(cells: readonly string[], line: number): void {
    const builder = this.builder!;
    if (this.#comments!.isComment(cells, line)) return;
    this.#check(cells, line);
    const isRagged = cells.length !== this.#layout!.header.length;
    if (this.#chart && !isRagged) {
      for (const row of longRows(this.#chart, cells)) {
        builder.hash(() => row.join("\0"));
        this.#ends!.add(row, line);
      }
      return;
    }
    builder.hash(() => cells.join("\0"));
    if (isRagged) this.#ends!.addRagged(cells, line);
    else this.#ends!.add(cells, line);
  }

  build(notes: readonly string[]): ColumnTable {
    const { note } = this.#chart ?? {};
    const all = [...notes, ...(note ? [note] : []), ...this.#comments!.notes(), ...this.#ends!.notes];
    return this.builder!.build(all);
  }

  #check(cells: readonly string[], line: number): void {
    if (this.hasQuotes) refuseSwallowedRows(cells, line, this.#layout!);
  }
}
