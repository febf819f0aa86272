import { realpathSync } from "node:fs";
import { shownPath } from "../../files/shownPath.ts";
import type { TableFile } from "../../tables/loadAllRuns.ts";
import { type TableFormat, tableFormats, tableKind } from "../../tables/tableKind.ts";
import { UsageError } from "../options/UsageError.ts";
import { isQuiet } from "../terminal/quiet.ts";
import { expandGlobs } from "./expandGlobs.ts";
import { spoolStandardInput } from "./spoolStandardInput.ts";

/** How an argument names standard input. */
const standardInput = "-";

/** The tables that a command is to read. */
export interface OpenTables {
  readonly files: readonly TableFile[];
  /** What to call them all: the file, or how many there are. */
  readonly name: string;
  /** Removes what was made for them. */
  close(): void;
}

/** The value of `--format`, or what is wrong with it. */
export function parseFormat(text: string | undefined): TableFormat | undefined {
  if (text === undefined) return undefined;
  const format = tableFormats.find((one) => one === text.toLowerCase().replace(/^\./, ""));
  if (format === undefined)
    throw new UsageError(
      `--format must be ${tableFormats.slice(0, -1).join(", ")} or ${tableFormats.at(-1)}, got "${text}"`,
    );
  return format;
}

/**
 * Finds the tables that arguments name: files, patterns of files, and `-` for standard input.
 *
 * @throws UsageError where standard input comes without a format, or a file twice; Error where there is none
 */
export async function openTables(
  given: readonly string[],
  format: TableFormat | undefined,
  options: { signal?: AbortSignal; onBytes?: (bytes: number) => void } = {},
): Promise<OpenTables> {
  const isStandard = given.includes(standardInput);
  if (isStandard && format === undefined)
    throw new UsageError("- reads standard input, which has no name that tells its kind; add --format csv");
  const paths = await expandGlobs(given);
  refuseTwice(paths);
  if (isStandard && process.stdin.isTTY && !isQuiet())
    console.error("reading standard input; Ctrl-D ends it");
  const input = isStandard ? await spoolStandardInput(options) : undefined;
  const files = paths.map((path) => {
    if (path === standardInput) return { path: input!.path, format: format! };
    // Beside standard input, whose kind it is, a format does not speak for names that say another.
    return format === undefined || (isStandard && tableKind(path) !== undefined)
      ? { path }
      : { path, format };
  });
  return {
    files,
    name: files.length === 1 ? shownPath(files[0]!.path) : `${files.length} files`,
    close: () => input?.remove(),
  };
}

function refuseTwice(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const key = path === standardInput ? path : realPath(path);
    if (seen.has(key))
      throw new UsageError(`${shownPath(path)} is given twice, and its rows would count twice; name it once`);
    seen.add(key);
  }
}

/** Why nothing can be read there is told by who reads. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
