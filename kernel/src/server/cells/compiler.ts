import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isShort } from "../../language/reader/isShort.ts";
import type { ReaderProcess } from "../../language/reader/ReaderProcess.ts";
import type { compileSource } from "../../session/compile/compileSource.ts";
import type { EditedText } from "../../session/maps/EditedText.ts";
import type { mapOfEdits } from "../../session/maps/mapOfEdits.ts";
import type { CompiledCell, Failure } from "../../session/messages/executorMessages.ts";
import { TsconfigFile } from "../../tsconfig/TsconfigFile.ts";
import { requiresFiles } from "./requiresFiles.ts";

/** A cell of so many characters takes milliseconds, which TypeScript can use in its own process if it has the cell first. */
const long = 5_000;

/** What is there, like a helper, once a cell names it. */
const programNames = ["module", "exports", "__filename", "__dirname", "require", "Deno"];

interface Parts {
  compileSource: typeof compileSource;
  mapOfEdits: typeof mapOfEdits;
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
  readonly #tsconfig: TsconfigFile;
  #parts: Promise<Parts> | undefined;

  constructor(cwd: string, reader: ReaderProcess) {
    this.#cwd = cwd;
    this.#reader = reader;
    this.#tsconfig = new TsconfigFile(cwd);
  }

  /** What is wrong with the notebook's tsconfig.json, the first time only. */
  complaint(): string | undefined {
    return this.#tsconfig.newComplaint();
  }

  /** A cell whose magics were translated is shown as it was written. */
  async compile(file: string, edited: EditedText, label = file): Promise<CellToRun | Failure> {
    const source = edited.text;
    const emit = this.#tsconfig.emit();
    this.#parts ??= load(this.#cwd); // with the first cell: an idle kernel stays small
    const { compileSource, mapOfEdits, helpers } = await this.#parts;
    if (source.length > long) await setImmediate();
    try {
      const { mentions, ...compiled } = isShort(source)
        ? compileSource(file, source, label, emit)
        : await this.#reader.ask("compile", file, source, label, emit);
      for (const name of compiled.names) mentions.delete(name);
      if (!requiresFiles(source)) mentions.delete("require");
      const written = mapOfEdits(edited);
      if (written) {
        compiled.maps.push(written);
        compiled.source = edited.source;
      }
      return { compiled, helpers: [...mentions].filter((name) => helpers.has(name)) };
    } catch (error) {
      const { name, message, stack } = error as Error;
      return { ename: name, evalue: message, traceback: String(stack).split("\n") };
    }
  }
}

async function load(cwd: string): Promise<Parts> {
  const [{ compileSource }, { mapOfEdits }, { exportedNamesOf }] = await Promise.all([
    import("../../session/compile/compileSource.ts"),
    import("../../session/maps/mapOfEdits.ts"),
    import("../../session/modules/exportedNames.ts"),
  ]);
  const helpers = exportedNamesOf("isoflop", join(cwd, "notebook.ipynb"));
  for (const name of programNames) helpers.add(name);
  return { compileSource, mapOfEdits, helpers };
}
