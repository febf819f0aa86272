import { join } from "node:path";
import type { compileSource } from "../../session/compile/compileSource.ts";
import type { CompiledCell, Failure } from "../../session/messages/executorMessages.ts";

interface Parts {
  compileSource: typeof compileSource;
  /** Names that cells may use without importing them. */
  helpers: Set<string>;
}

export interface CellToRun {
  compiled: CompiledCell;
  helpers: string[];
}

/** Compiles cells, beside the check and in this process, so that the executor need not load a compiler. */
export class Compiler {
  readonly #cwd: string;
  #parts: Promise<Parts> | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  async compile(file: string, source: string, label = file): Promise<CellToRun | Failure> {
    this.#parts ??= load(this.#cwd); // with the first cell: an idle kernel stays small
    const { compileSource, helpers } = await this.#parts;
    try {
      const { mentions, ...compiled } = compileSource(file, source, label);
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
