import { join } from "node:path";
import type { Command } from "commander";
import { shownPath } from "../files/shownPath.ts";
import { findNotebooks } from "../notebook/findNotebooks.ts";
import { isoflopKernel, parseKernelCommand } from "../notebook/kernelCommand.ts";
import { scoreboardText } from "../report/renderIndex.ts";
import { writeReports } from "../report/writeReports.ts";
import { abortOnInterrupt } from "./abortOnInterrupt.ts";
import { parseJobs, parseSeconds } from "./optionValues.ts";
import { ProgressLine } from "./ProgressLine.ts";
import { parsePath, parsePaths } from "./pathValues.ts";
import { showCellFailure } from "./showCellFailure.ts";

interface ReportOptions {
  output: string;
  run: boolean;
  scoreboard?: boolean;
  jobs?: number;
  timeout?: number;
  kernel?: string;
}

const examples = `
Examples:
  isoflop report notebooks -o reports --scoreboard    every notebook of a folder
  isoflop report analysis.ipynb -o out                one notebook
  isoflop report done.ipynb -o out --no-run           as it was saved, without running it`;

/** Adds `isoflop report`: notebooks to self-contained HTML pages. */
export function addReportCommand(program: Command): void {
  program
    .command("report")
    .description(
      "Run notebooks and write one self-contained HTML page for each, with the verdict on every claim, and an index.",
    )
    .argument("<notebooks...>", ".ipynb files, or folders of them", parsePaths)
    .requiredOption("-o, --output <folder>", "where the pages go", parsePath)
    .option("--no-run", "render the outputs the notebooks were saved with")
    .option("--scoreboard", "print the count of claims by verdict")
    .option("-j, --jobs <n>", "notebooks run at the same time (default: one a core)", parseJobs)
    .option("--timeout <seconds>", "interrupt a cell that takes longer", parseSeconds, 300)
    .option("--kernel <command>", "another kernel's command line, with {connection_file}")
    .addHelpText("after", examples)
    .action(reportCommand);
}

async function reportCommand(given: string[], options: ReportOptions): Promise<void> {
  const paths = given.flatMap(findNotebooks);
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
    const results = await writeReports(paths, {
      output: options.output,
      kernel: options.kernel !== undefined ? parseKernelCommand(options.kernel) : isoflopKernel,
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
    });
    progress.clear();
    for (const { path, failures, failure } of results) {
      for (const one of failures) showCellFailure(path, one);
      if (failure && failures.length === 0) console.error(`\n${shownPath(path)}: ${failure}\n`);
    }
    if (options.scoreboard) console.log(scoreboardText(results));
    const failed = results.filter(({ failure }) => failure !== undefined).length;
    if (failed > 0) process.exitCode = 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.error(
      `${shownPath(join(options.output, "index.html"))}: ${results.length} notebook${results.length === 1 ? "" : "s"}${failed ? `, ${failed} failed` : ""}, ${seconds} s`,
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
