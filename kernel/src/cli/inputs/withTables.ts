import { checkOutputs, type NamedPath } from "../../files/checkOutputs.ts";
import { checkWritable } from "../../files/checkWritable.ts";
import { ProgressLine } from "../ProgressLine.ts";
import { abortOnInterrupt } from "../terminal/abortOnInterrupt.ts";
import { type OpenTables, openTables, parseFormat } from "./openTables.ts";

/** Who is told of progress, and who ends it. */
export interface Watching {
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
}

/** A file of an option, where it was given. */
export type OptionalPath = readonly [option: string, path: string | undefined];

/** What a command reads beside its tables, and what it writes. */
export interface FilesOfCommand {
  readonly format: string | undefined;
  readonly reads?: readonly OptionalPath[];
  readonly writes: readonly OptionalPath[];
}

/**
 * Does the work of a command on tables: what it writes is checked before anything is read, and somebody may end it with
 * Ctrl-C, of which nothing is then left.
 *
 * @param given files, patterns of files, and `-`
 * @throws as `openTables`, `checkOutputs` and `checkWritable`
 */
export async function withTables(
  given: readonly string[],
  { format, reads = [], writes }: FilesOfCommand,
  work: (tables: OpenTables, watching: Watching) => Promise<void>,
): Promise<void> {
  const kind = parseFormat(format);
  const outputs = writes.filter(isGiven);
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() => progress.log("stopping"));
  const { signal } = interrupt;
  let tables: OpenTables | undefined;
  try {
    tables = await openTables(given, kind, {
      signal,
      onBytes: (bytes) => progress.step(`standard input: ${bytes} bytes read`),
    });
    checkOutputs(outputs, [
      ...tables.files.map(({ path }): NamedPath => ["the table", path]),
      ...reads.filter(isGiven),
    ]);
    checkWritable(...outputs.map(([, path]) => path));
    await work(tables, { signal, progress });
  } catch (error) {
    progress.clear();
    if (!signal.aborted) throw error;
    console.error("isoflop: interrupted; nothing was written");
    process.exitCode = 130;
  } finally {
    progress.clear();
    tables?.close();
    interrupt.dispose();
  }
}

const isGiven = (one: OptionalPath): one is NamedPath => one[1] !== undefined;
