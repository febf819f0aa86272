import type { CellDiagnostic } from "./answers/cellDiagnostics.ts";
import type { Completion } from "./answers/completeCell.ts";
import type { Inspection } from "./answers/inspectCell.ts";
import type { Completeness } from "./cells/isComplete.ts";
import type { ReaderProcess } from "./reader/ReaderProcess.ts";

/** What is known of a session's types, and answers about them. */
export interface Language {
  /** Checks a cell against the committed ones; commits nothing. Fails where the types cannot be known. */
  check(code: string): Promise<CellDiagnostic[]>;
  /** Makes the cell's declarations visible to later cells. */
  commit(code: string): void;
  /** The cell committed last has failed: what it would have known behind its guards is not known. */
  failed(): void;
  /** A file that exists in memory only, for later imports; `name` is relative to the notebook's folder. */
  addModule(name: string, source: string): void;
  /** Which names the cells so far have declared, and which there are without that. */
  names(): Promise<(name: string) => boolean>;
  /** Forgets all cells. */
  reset(): void;
  /** Completions at an offset in UTF-16 units. */
  complete(code: string, cursor: number): Promise<Completion>;
  /** Signature and documentation of what stands at an offset in UTF-16 units; with level 1 its source too. */
  inspect(code: string, cursor: number, detailLevel: 0 | 1): Promise<Inspection>;
  isComplete(code: string): Completeness | Promise<Completeness>;
  /** Starts TypeScript ahead of the first question. */
  warmUp(): void;
  /** Gives up what is being checked or asked. */
  interrupt(): void;
  dispose(): Promise<void>;
}

export interface LanguageOptions {
  /** Reads long cells; one of its own where none is given. */
  reader?: ReaderProcess;
  /** The notebook's folder. */
  cwd: string;
  /** Members a value has while the session runs; asked only where the types know none. */
  runtimeMembers?: (expression: string) => Promise<string[]>;
}
