import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable } from "../files/checkWritable.ts";
import { FileChangedError } from "../files/FileWriteError.ts";
import { freeName } from "../files/freeName.ts";
import { isSameFile } from "../files/isSameFile.ts";
import { shownPath } from "../files/shownPath.ts";
import { executeNotebook } from "../notebook/executeNotebook.ts";
import { kernelFor } from "../notebook/foreign/kernelFor.ts";
import { formatNotebook } from "../notebook/formatNotebook.ts";
import { parseKernelCommand } from "../notebook/kernelCommand.ts";
import type { Notebook } from "../notebook/Notebook.ts";
import { indexOfTagged } from "../notebook/parameters/taggedCells.ts";
import { parseByName } from "../notebook/percent/parseByName.ts";
import { scriptKind } from "../notebook/percent/scriptKind.ts";
import { readNotebookText } from "../notebook/readNotebook.ts";
import { writeFileAtomically } from "../notebook/writeFileAtomically.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parseOutput, parsePath } from "./options/pathValues.ts";
import { UsageError } from "./options/UsageError.ts";
import { parseSeconds } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import {
  asParameterUse,
  type ParameterOptions,
  parameterHelp,
  readParameters,
  withParameters,
} from "./parameters/parameterOptions.ts";
import { abortOnInterrupt } from "./terminal/abortOnInterrupt.ts";
import { say } from "./terminal/quiet.ts";
import { showCellFailure } from "./terminal/showCellFailure.ts";
import { terminalWidth } from "./terminal/terminalWidth.ts";

interface RunOptions extends ParameterOptions {
  output?: string;
  allowErrors?: boolean;
  timeout?: number;
  kernel?: string;
  timestamps: boolean;
  helpNotebook?: boolean;
}

const help = helpText(
  [parameterHelp],
  [
    ["isoflop run analysis.ipynb", "keep the outputs in the notebook itself"],
    ["isoflop run analysis.ipynb -o done.ipynb", "leave it alone, write another"],
    ["isoflop run analysis.ts -o done.ipynb", "a script with // %% between its cells"],
    ["isoflop run analysis.ipynb --timeout 60", "give up on a cell after a minute"],
    ["isoflop run analysis.ipynb -o small.ipynb -p lr=3e-4 -p sizes=[10,20]", "with other parameters"],
    ["isoflop run analysis.ipynb --help-notebook", "the parameters it has"],
  ],
);

/** Adds `isoflop run`: execute a notebook without Jupyter. */
export function addRunCommand(program: Command): void {
  const run = program
    .command("run")
    .description(
      "Run a notebook from top to bottom and keep its outputs. Stops at the first cell that fails.",
    )
    .argument("<notebook>", "the .ipynb file, or a script with // %% between its cells", parsePath)
    .option(
      "-o, --output <file>",
      "write the result here instead of into the notebook itself; - prints it",
      parseOutput,
    )
    .option(
      "--allow-errors",
      "run the cells after one that fails too, keep the error in the notebook, exit 0",
    )
    .option("--timeout <seconds>", "interrupt a cell that takes longer", parseSeconds)
    .option("--kernel <command>", "another kernel's command line, with {connection_file}")
    .option(
      "--no-timestamps",
      "do not note when each cell ran, so that two runs with the same outputs give the same file",
    )
    .option("--help-notebook", "only list the notebook's parameters: name, type, default, meaning")
    .addHelpText("after", help)
    .action(runCommand);
  withParameters(run);
}

async function runCommand(
  path: string,
  { output, allowErrors, timeout, kernel, timestamps, helpNotebook, ...given }: RunOptions,
): Promise<void> {
  const target = targetOf(path, output);
  const values = await readParameters(given);
  const before = readNotebookText(path);
  const read = parseByName(before, path);
  if (helpNotebook) {
    await showNotebookHelp(path, read);
    return;
  }
  // Of another language: told before anything is looked at or written.
  const command = kernel !== undefined ? parseKernelCommand(kernel) : kernelFor(read, path);
  const notebook = values.size === 0 ? read : await withValues(path, read, values);
  const isPrinted = target === "-";
  if (target !== undefined && !isPrinted) checkWritable(target);
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() =>
    progress.log("interrupting the cell; Ctrl-C again to end at once"),
  );
  let last = performance.now();
  try {
    const {
      notebook: executed,
      failures,
      seconds,
    } = await executeNotebook(notebook, {
      kernel: command,
      cwd: dirname(resolve(path)),
      cellTimeout: timeout,
      allowErrors,
      timestamps,
      signal: interrupt.signal,
      onProgress({ done, total, cell, seconds }) {
        if (!process.stderr.isTTY && done > 0) {
          const now = performance.now();
          progress.log(
            `${shownPath(path)}: cell ${done} of ${total} done in ${((now - last) / 1000).toFixed(1)} s`,
          );
          last = now;
        }
        if (cell)
          progress.update(`${shownPath(path)}: cell ${done + 1} of ${total}, ${seconds.toFixed(1)} s`);
      },
    });
    progress.clear();
    for (const failure of failures) showCellFailure(path, failure);
    if (failures.length > 0 && !allowErrors) {
      if (target !== undefined)
        console.error("isoflop: nothing was written; --allow-errors keeps the outputs of a run with errors");
      process.exitCode = 1;
      return;
    }
    const text = formatNotebook(executed);
    if (isPrinted) {
      process.stdout.write(text);
      return;
    }
    const written = target && keep(text, target, isSameFile(path, target) ? before : undefined);
    const cells = executed.cells.filter((cell) => cell.cell_type === "code").length;
    const outcome = failures.length ? `${failures.length} failed` : `${cells} code cells ran`;
    const kept = written === undefined ? "; a script keeps no outputs, -o x.ipynb does" : "";
    say(`${shownPath(written ?? path)}: ${outcome}, ${seconds.toFixed(1)} s${kept}`);
  } catch (error) {
    progress.clear();
    if (!interrupt.signal.aborted) throw error;
    console.error("isoflop: interrupted; nothing was written");
    process.exitCode = 130;
  } finally {
    interrupt.dispose();
  }
}

/** Where the result goes; nowhere for a script that has no other place for outputs. */
function targetOf(path: string, output: string | undefined): string | undefined {
  if (output !== undefined && scriptKind(output))
    throw new UsageError(
      `${shownPath(output)} is a script by its name, and keeps no outputs; name an .ipynb file, or write the script with isoflop convert`,
    );
  return output ?? (scriptKind(path) ? undefined : path);
}

async function showNotebookHelp(path: string, notebook: Notebook): Promise<void> {
  const { notebookHelp } = await import("./parameters/notebookHelp.ts");
  const { text, hasCell } = notebookHelp(path, notebook, terminalWidth(process.stdout));
  process.stdout.write(`${text}\n`);
  if (!hasCell) process.exitCode = 1;
}

async function withValues(
  path: string,
  notebook: Notebook,
  values: ReadonlyMap<string, unknown>,
): Promise<Notebook> {
  const { injectParameters } = await import("../notebook/parameters/injectParameters.ts");
  if (indexOfTagged(notebook, "parameters") < 0)
    say(`${shownPath(path)} has no cell tagged parameters; the values are set before its first cell`);
  return asParameterUse(() => injectParameters(notebook, values));
}

/**
 * Writes the result, and returns where to: beside the notebook where somebody has edited it while it ran.
 *
 * @param before what the notebook must still hold; undefined where the result goes elsewhere
 */
function keep(text: string, output: string, before: string | undefined): string {
  try {
    writeFileAtomically(output, text, { ...(before !== undefined && { ifStill: before }) });
    return output;
  } catch (error) {
    if (!(error instanceof FileChangedError)) throw error;
    const beside = freeName(output, "run");
    writeFileAtomically(beside, text);
    console.error(`isoflop: ${error.message}; the result is in ${shownPath(beside)}`);
    process.exitCode = 1;
    return beside;
  }
}
