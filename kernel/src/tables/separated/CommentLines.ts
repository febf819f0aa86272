import { MalformedFileError } from "isoflop-datasets/csv";

/**
 * Lines below the header that begin with #: comments, or rows that were taken out so. Where a row's first cell may begin
 * with # all the same, as the name "#3", it is a row if all rows do, and otherwise nobody can tell.
 */
export class CommentLines {
  readonly #file: string;
  readonly #columns: number;
  readonly #isNumberFirst: boolean;
  #passed = 0;
  #firstPassed = 0;
  /** Rows with # before a name. */
  #named = 0;
  #firstNamed = 0;
  #rows = 0;

  /** @param isNumberFirst whether the first column is one of the numbers asked for */
  constructor(file: string, columns: number, isNumberFirst: boolean) {
    this.#file = file;
    this.#columns = columns;
    this.#isNumberFirst = isNumberFirst;
  }

  /** Whether to pass over a line. */
  isComment(cells: readonly string[], line: number): boolean {
    this.#rows += 1;
    const first = cells[0]!;
    if (first.charCodeAt(0) !== 35 && !first.trimStart().startsWith("#")) return false;
    const isName = cells.length === this.#columns && !this.#isNumberFirst && /^\s*#[^\s#]/.test(first);
    if (isName) {
      if (this.#named++ === 0) this.#firstNamed = line;
      return false;
    }
    if (this.#passed++ === 0) this.#firstPassed = line;
    this.#rows -= 1;
    return true;
  }

  /** What was passed over. @throws MalformedFileError where some rows begin with # and others do not */
  notes(): string[] {
    if (this.#named > 0 && this.#named < this.#rows) {
      throw new MalformedFileError(
        { file: this.#file, line: this.#firstNamed },
        `this line begins with #, as ${this.#named} of ${this.#rows} rows do: comments or names? take these lines out, or put the names in quotes behind a letter`,
      );
    }
    if (this.#passed === 0) return [];
    return [
      this.#passed === 1
        ? `line ${this.#firstPassed}, a comment, was passed over`
        : `${this.#passed} comments were passed over, the first on line ${this.#firstPassed}`,
    ];
  }
}
