import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { shownPath } from "../files/shownPath.ts";
import { findNotebooks } from "../notebook/findNotebooks.ts";
import { parseKernelCommand } from "../notebook/kernelCommand.ts";
import { countVerdicts } from "../report/claims.ts";
import { explanations, scoreboardText } from "../report/renderIndex.ts";
import { type ReportResult, writeReports } from "../report/writeReports.ts";
import { wrapText } from "../text/wrapText.ts";
import { expandGlobs } from "./inputs/expandGlobs.ts";
import { helpText } from "./options/examplesHelp.ts";
import { parsePaths, parseWrittenPath } from "./options/pathValues.ts";
import { UsageError } from "./options/UsageError.ts";
import { parseJobs, parseSeconds } from "./optionValues.ts";
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

interface ReportOptions extends ParameterOptions {
  output: string;
  run: boolean;
  scoreboard?: boolean;
  jobs?: number;
  timeout?: number;
  kernel?: string;
}

const help = helpText(
  [
    "Pages that earlier runs left in the folder stay in its index. A notebook that cannot be read, or fails, keeps no other from its page; the exit code is 1 then.",
    `${parameterHelp} Each notebook gets those that it declares.`,
  ],
  [
    ["isoflop report notebooks -o reports --scoreboard", "every notebook of a folder"],
    ["isoflop report analysis.ipynb -o out", "one notebook"],
    ["isoflop report analysis.ipynb -o out -p lr=3e-4", "with another parameter"],
    ["isoflop report done.ipynb -o out --no-run", "as it was saved, without running it"],
  ],
);

/** Adds `isoflop report`: notebooks to self-contained HTML pages. */
export function addReportCommand(program: Command): void {
  const report = program
    .command("report")
    .description(
      "Run notebooks and write one self-contained HTML page for each, with the verdict on every claim, and an index.",
    )
    .argument(
      "<notebooks...>",
      ".ipynb files, folders of them, or scripts with // %% between cells",
      parsePaths,
    )
    .requiredOption("-o, --output <folder>", "where the pages go", parseWrittenPath)
    .option("--no-run", "render the outputs the notebooks were saved with")
    .option("--scoreboard", "print the count of claims by verdict")
    .option("-j, --jobs <n>", "notebooks run at the same time (default: one a core)", parseJobs)
    .option("--timeout <seconds>", "interrupt a cell that takes longer", parseSeconds, 300)
    .option("--kernel <command>", "another kernel's command line, with {connection_file}")
    .addHelpText("after", help)
    .action(reportCommand);
  withParameters(report);
}

async function reportCommand(given: string[], options: ReportOptions): Promise<void> {
  const parameters = await readParameters(options);
  if (parameters.size > 0 && !options.run)
    throw new UsageError(
      "--no-run renders what was saved, and parameters would change nothing; give one of them",
    );
  const paths = findAll(await expandGlobs(given));
  const progress = new ProgressLine();
  const interrupt = abortOnInterrupt(() => progress.log("interrupting; Ctrl-C again to end at once"));
  const started = performance.now();
  const running = new Map<string, string>();
  let done = 0;
  const showState = () => {
    const now = running.size ? `; running ${[...running.values()].join(", ")}` : "";
    progress.update(`${done} of ${paths.length} done${now}`);
  };
  try {
    const results = await asParameterUse(() =>
      writeReports(paths, {
        parameters,
        output: options.output,
        kernel: options.kernel !== undefined ? parseKernelCommand(options.kernel) : undefined,
        noRun: !options.run,
        jobs: options.jobs,
        cellTimeout: options.timeout,
        signal: interrupt.signal,
        onProgress(path, { done: cells, total }) {
          running.set(path, `${shownPath(path)} ${cells}/${total}`);
          showState();
        },
        onDone(path, { seconds, failure }) {
          running.delete(path);
          done += 1;
          const outcome = failure ? "FAILED" : seconds === undefined ? "written" : `${seconds.toFixed(1)} s`;
          progress.log(`[${done}/${paths.length}] ${shownPath(path)}: ${outcome}`);
          showState();
        },
      }),
    );
    progress.clear();
    for (const { path, failures, failure } of results) {
      for (const one of failures) showCellFailure(path, one);
      // What is wrong with a file names it already.
      const isNamed = failure?.includes(shownPath(path));
      if (failure && failures.length === 0)
        console.error(`isoflop: ${isNamed ? "" : `${shownPath(path)}: `}${failure}`);
    }
    if (options.scoreboard) console.log(scoreboard(results, terminalWidth(process.stdout)));
    const failed = results.filter(({ failure }) => failure !== undefined).length;
    if (failed > 0) process.exitCode = 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const index = join(options.output, "index.html");
    say(
      `${shownPath(index)}: ${results.length} notebook${results.length === 1 ? "" : "s"}${failed ? `, ${failed} failed` : ""}, ${seconds} s; open ${pathToFileURL(resolve(index))}`,
    );
  } catch (error) {
    progress.clear();
    if (!interrupt.signal.aborted) throw error;
    console.error("isoflop: interrupted; pages that were not finished are not written");
    process.exitCode = 130;
  } finally {
    interrupt.dispose();
  }
}

/** @throws Error naming every path that leads to no notebook */
function findAll(given: readonly string[]): string[] {
  const faults: string[] = [];
  const paths = given.flatMap((path) => {
    try {
      return findNotebooks(path);
    } catch (error) {
      faults.push((error as Error).message);
      return [];
    }
  });
  if (faults.length > 0) throw new Error(faults.join("\n"));
  // A file that is named twice, as by itself and by its folder.
  const places = paths.map((path) => resolve(path));
  return paths.filter((_, k) => places.indexOf(places[k]!) === k);
}

/** The table, and what a verdict of it means that is not meant for a fault of the run. */
function scoreboard(results: readonly ReportResult[], width: number): string {
  const { differs } = countVerdicts(results.flatMap(({ claims }) => claims));
  const meaning = `differs: ${explanations.differs} That is a result, no fault of the run.`;
  const lines = differs > 0 ? ["", ...wrapText(meaning, width)] : [];
  return [scoreboardText(results, width), ...lines].join("\n");
}
