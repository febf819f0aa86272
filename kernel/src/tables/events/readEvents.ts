import { excerpt } from "isoflop-datasets/csv";
import { shownPath } from "../../files/shownPath.ts";
import { ColumnBuilder } from "../ColumnBuilder.ts";
import type { ChooseColumns, ColumnTable, Reading } from "../ColumnTable.ts";
import { passedOver } from "../logs/passedOver.ts";
import { refuseManyColumns } from "../refuseManyColumns.ts";
import { forEachTfRecord } from "./forEachTfRecord.ts";
import { scalarsOf } from "./scalarsOf.ts";

interface Step {
  /** Record of the file with the first of its values. */
  readonly record: number;
  readonly wallTime: number;
  readonly values: Map<string, number>;
}

/**
 * Reads the scalars of a TensorBoard event file: one row a step, with the columns step, wall_time and one for each tag.
 * Steps that lack one of the tags asked for are passed over, which is told; so is a file that ends in the midst of a record.
 *
 * @returns undefined where there are no scalars
 * @throws Error naming the record whose checksum does not hold
 */
export async function readEvents(
  path: string,
  choose: ChooseColumns,
  reading: Reading = {},
): Promise<ColumnTable | undefined> {
  const log = new EventLog(path);
  const { records, isCut } = await forEachTfRecord(path, (bytes, record) => {
    log.add(bytes, record);
    if (record % 1000 === 0) reading.onRows?.(log.steps.size);
  });
  if (log.steps.size === 0) return undefined;
  const header = ["step", "wall_time", ...log.tags];
  const wanted = choose(header);
  const builder = new ColumnBuilder(path, wanted, header, reading);
  let passed = 0;
  for (const [step, { record, wallTime, values }] of log.steps) {
    const cells = [step, wallTime, ...log.tags.map((tag) => values.get(tag))];
    if (wanted.numbers.some((name) => cells[header.indexOf(name)] === undefined)) {
      passed += 1;
      continue;
    }
    builder.hash(() => cells.join("\0"));
    builder.add(cells, record);
  }
  const notes = log.notes;
  if (isCut)
    notes.push(`the file ends in the midst of record ${records + 1}; what stands before it was read`);
  if (passed > 0) notes.push(passedOver(passed, log.steps.size, wanted.numbers));
  return { ...builder.build(notes), unit: "row" };
}

class EventLog {
  readonly steps = new Map<number, Step>();
  readonly #path: string;
  readonly #tags = new Set<string>();
  readonly #others = new Set<string>();
  #replaced = 0;
  #restarts = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get tags(): string[] {
    return [...this.#tags];
  }

  get notes(): string[] {
    const notes = [`TensorBoard's events: ${this.steps.size} steps, ${this.#tags.size} scalars`];
    const others = [...this.#others].slice(0, 3).map((tag) => excerpt(tag));
    if (others.length > 0)
      notes.push(
        `what is no scalar was passed over: ${others.join(", ")}${this.#others.size > 3 ? ", …" : ""}`,
      );
    if (this.#restarts > 0)
      notes.push(
        `started again ${this.#restarts} times; steps logged anew count once, as TensorBoard shows them`,
      );
    if (this.#replaced > 0)
      notes.push(`${this.#replaced} values are logged twice for a step; the later one counts`);
    return notes;
  }

  add(bytes: Uint8Array, record: number): void {
    let event: ReturnType<typeof scalarsOf>;
    try {
      event = scalarsOf(bytes);
    } catch (cause) {
      throw new Error(
        `${shownPath(this.#path)}, record ${record} is no event of TensorBoard: ${(cause as Error).message}; is it a TFRecord file of other data?`,
        { cause },
      );
    }
    const { step, wallTime, scalars, others, isStart } = event;
    if (isStart) this.#purge(step);
    for (const tag of others) this.#others.add(tag);
    if (scalars.length === 0) return;
    if (!Number.isSafeInteger(step))
      throw new Error(`${shownPath(this.#path)}, record ${record} has the step ${step}, which is no count`);
    let row = this.steps.get(step);
    if (!row) {
      row = { record, wallTime, values: new Map() };
      this.steps.set(step, row);
    }
    for (const { tag, value } of scalars) {
      if (row.values.has(tag) && row.values.get(tag) !== value) this.#replaced += 1;
      row.values.set(tag, value);
      this.#tags.add(tag);
      refuseManyColumns(shownPath(this.#path), this.#tags.size);
    }
  }

  /** As TensorBoard does: a run that was started again at a step has nothing from before behind it. */
  #purge(from: number): void {
    let hasAny = false;
    for (const step of this.steps.keys()) {
      if (step < from) continue;
      this.steps.delete(step);
      hasAny = true;
    }
    if (hasAny) this.#restarts += 1;
  }
}
