import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isShort } from "../../language/reader/isShort.ts";
import type { ReaderProcess } from "../../language/reader/ReaderProcess.ts";
import type { compileSource } from "../../session/compile/compileSource.ts";
import type { CompiledCell, Failure } from "../../session/messages/executorMessages.ts";

/** A cell of so many characters takes milliseconds, which TypeScript can use in its own process if it has the cell first. */
const long = 5_000;

interface Parts {
  compileSource: typeof compileSource;
  /** Names that cells may use without importing them. */
  helpers: Set<string>;
}

export interface CellToRun {
  compiled: CompiledCell;
  helpers: string[];
}

/**
 * Compiles cells beside the check, so that the executor need not load a compiler: in this process where the cell is
 * short, and so cannot harm it.
 */
export class Compiler {
  readonly #cwd: string;
  readonly #reader: ReaderProcess;
  #parts: Promise<Parts> | undefined;

  constructor(cwd: string, reader: ReaderProcess) {
    this.#cwd = cwd;
    this.#reader = reader;
  }

  async compile(file: string, source: string, label = file): Promise<CellToRun | Failure> {
    this.#parts ??= load(this.#cwd); // with the first cell: an idle kernel stays small
    const { compileSource, helpers } = await this.#parts;
    if (source.length > long) await setImmediate();
    try {
      const { mentions, ...compiled } = isShort(source)
        ? compileSource(file, source, label)
        : await this.#reader.ask("compile", file, source, label);
      for (const name of compiled.names) mentions.delete(name);
      return { compiled, helpers: [...mentions].filter((name) => helpers.has(name)) };
    } catch (error) {
      const { name, message, stack } = error as Error;
      return { ename: name, evalue: message, traceback: String(stack).split("\n") };
    }
  }
}

async function load(cwd: string): Promise<Parts> {
  const [{ compileSource }, { exportedNamesOf }] = await Promise.all([
    import("../../session/compile/compileSource.ts"),
    import("../../session/modules/exportedNames.ts"),
  ]);
  return { compileSource, helpers: exportedNamesOf("isoflop", join(cwd, "notebook.ipynb")) };
}
