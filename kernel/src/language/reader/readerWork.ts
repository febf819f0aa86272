import { compileSource } from "../../session/compile/compileSource.ts";
import { declarationAt } from "../cells/declarationAt.ts";
import { isComplete } from "../cells/isComplete.ts";
import { readCell } from "../cells/readCell.ts";

/** What can be asked about a cell's text. Arguments and results pass between processes. */
export const readerWork = { read: readCell, isComplete, compile: compileSource, declarationAt };

export type ReaderWork = typeof readerWork;
export type Task = keyof ReaderWork;

/** Sent to the process that reads, and back. */
export interface Request {
  task: Task;
  args: unknown[];
}

export type Reply =
  | { value: unknown }
  /** The text is wrong, or more than JavaScript has room for. */
  | { error: { name: string; message: string; stack: string | undefined } }
  | { ended: string };
