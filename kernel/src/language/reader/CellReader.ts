import { declarationAt } from "../cells/declarationAt.ts";
import { type Completeness, isComplete } from "../cells/isComplete.ts";
import { type ReadCell, readCell } from "../cells/readCell.ts";
import { isShort } from "./isShort.ts";
import type { ReaderProcess } from "./ReaderProcess.ts";

/** Reads cells; the latest is remembered, because a cell is read to check it and again to commit it. */
export class CellReader {
  readonly #process: ReaderProcess;
  #last: { code: string; read: ReadCell | Promise<ReadCell> } | undefined;

  constructor(process: ReaderProcess) {
    this.#process = process;
  }

  /** What is to be known of a cell: at once of a short one, for most cells are. */
  read(code: string): ReadCell | Promise<ReadCell> {
    if (this.#last?.code !== code) {
      const read = isShort(code) ? readCell(code) : this.#readOutside(code);
      this.#last = { code, read };
    }
    return this.#last.read;
  }

  /** Reads a text that is not the cell. */
  readOnce(code: string): ReadCell | Promise<ReadCell> {
    return isShort(code) ? readCell(code) : this.#process.ask("read", code);
  }

  isComplete(code: string): Completeness | Promise<Completeness> {
    if (isShort(code)) return isComplete(code);
    return this.#process.ask("isComplete", code).catch(() => ({ status: "invalid" as const }));
  }

  /** The text of a declaration in any file, be it a library of a megabyte in one line. */
  async declarationAt(path: string, text: string, offset: number): Promise<string | undefined> {
    if (isShort(text)) return declarationAt(path, text, offset);
    return this.#process.ask("declarationAt", path, text, offset).catch(() => undefined);
  }

  #readOutside(code: string): Promise<ReadCell> {
    const reading = this.#process.ask("read", code);
    reading.catch(() => {
      if (this.#last?.code === code) this.#last = undefined; // the next time it may be read
    });
    return reading;
  }
}
