import { kernelFor } from "./foreign/kernelFor.ts";
import { notebookLanguage } from "./foreign/notebookLanguage.ts";
import type { Message } from "./KernelClient.ts";
import { type KernelCommand, KernelProcess } from "./KernelProcess.ts";
import type { CodeCell, ErrorOutput, Notebook } from "./Notebook.ts";
import { OutputCollector } from "./OutputCollector.ts";
import { within } from "./within.ts";

/** How a notebook is run. */
export interface ExecuteOptions {
  /** What starts the kernel; by default isoflop's own, as `kernelFor` gives it for the notebook. */
  kernel?: KernelCommand | undefined;
  /** The folder the cells run in, as a rule the notebook's own. */
  cwd: string;
  /** Seconds a cell may take; without it, as long as it likes. */
  cellTimeout?: number;
  /** Run the cells after one that fails. A cell tagged `raises-exception` may always fail. */
  allowErrors?: boolean;
  /** `false` keeps no times in the cells' metadata: two runs with the same outputs give the same notebook. */
  timestamps?: boolean;
  /** Interrupts the running cell and ends the run. */
  signal?: AbortSignal;
  /** Called before the first cell, before each, and at the end. */
  onProgress?: (progress: Progress) => void;
}

/** How far a run has come. */
export interface Progress {
  /** Code cells finished so far. */
  done: number;
  /** Code cells to run in all. */
  total: number;
  /** The cell that starts now, counted over all cells from 1; none once all are done. */
  cell?: number;
  /** Seconds since the kernel was asked to start. */
  seconds: number;
}

/** A cell that failed, with the error as the kernel sent it. */
export interface CellFailure {
  /** Position among all cells of the notebook, from 0. */
  index: number;
  id: string;
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What came of a run. */
export interface Execution {
  /** The notebook with the outputs of this run. */
  notebook: Notebook;
  /** Cells that failed without being allowed to. Empty when all is well. */
  failures: CellFailure[];
  /** From asking the kernel to start until it was gone. */
  seconds: number;
}

/** How long to wait for the outputs of a cell whose reply is here, and for a cell that was interrupted. */
const graceSeconds = 10;

/**
 * Runs the code cells of a notebook in order in a fresh kernel, over the kernel's sockets as any Jupyter client
 * does, and returns the notebook with their outputs. The given notebook is left as it is.
 *
 * ```ts
 * import { executeNotebook, formatNotebook, readNotebook } from "isoflop-kernel/runner";
 * const run = await executeNotebook(readNotebook("a.ipynb"), { cwd: "." });
 * run.failures; // the cells that failed
 * formatNotebook(run.notebook); // what to write to a.ipynb
 * ```
 *
 * @throws Error when the kernel does not start; ForeignLanguageError when the notebook is in another
 *   language and no kernel was given; AbortError when `signal` ended the run
 */
export async function executeNotebook(notebook: Notebook, options: ExecuteOptions): Promise<Execution> {
  const run = new NotebookRun(structuredClone(notebook), options);
  return await run.execute();
}

class NotebookRun {
  readonly #notebook: Notebook;
  readonly #options: ExecuteOptions;
  readonly #outputs = new OutputCollector();
  readonly #started = performance.now();
  readonly #traces = new Map<string, CellTrace>();

  constructor(notebook: Notebook, options: ExecuteOptions) {
    this.#notebook = notebook;
    this.#options = options;
  }

  async execute(): Promise<Execution> {
    const { kernel: command = kernelFor(this.#notebook), cwd, signal } = this.#options;
    signal?.throwIfAborted();
    const cells = [...this.#notebook.cells.entries()].filter(
      (entry): entry is [number, CodeCell] => entry[1].cell_type === "code",
    );
    for (const [, cell] of cells) {
      cell.outputs = [];
      cell.execution_count = null;
      delete cell.metadata.execution;
    }
    const wanted = cells.filter(([, cell]) => cell.source.trim() !== "" && !hasTag(cell, "skip-execution"));
    const failures: CellFailure[] = [];
    let ended = 0;
    this.#report(0, wanted.length, wanted[0]?.[0]);
    const kernel = await KernelProcess.start(command, { cwd });
    const onAbort = () => void kernel.interrupt();
    signal?.addEventListener("abort", onAbort);
    kernel.client.onPublished = (message) => this.#published(message);
    try {
      for (const [done, [index, cell]] of wanted.entries()) {
        signal?.throwIfAborted();
        this.#report(done, wanted.length, index);
        const error = await this.#runCell(kernel, cell);
        signal?.throwIfAborted();
        ended = done + 1;
        if (!error || (hasTag(cell, "raises-exception") && !error.fatal)) continue;
        const { ename, evalue, traceback } = error.output;
        failures.push({ index, id: cell.id, ename, evalue, traceback });
        if (error.fatal || !this.#options.allowErrors) break;
      }
      const languageInfo = kernel.info?.language_info;
      // What another kernel noted tells the next run, too, whose notebook it is.
      const isOwn = this.#options.kernel || notebookLanguage(this.#notebook.metadata).kind === "own";
      if (languageInfo && isOwn) this.#notebook.metadata.language_info = languageInfo;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      if (signal?.aborted) kernel.kill();
      await kernel.close();
    }
    this.#report(ended, wanted.length);
    return { notebook: this.#notebook, failures, seconds: this.#seconds() };
  }

  /** Returns the cell's error, if it failed; `fatal` when the kernel cannot run another cell. */
  async #runCell(
    kernel: KernelProcess,
    cell: CodeCell,
  ): Promise<{ output: ErrorOutput; fatal: boolean } | undefined> {
    const { cellTimeout, allowErrors, signal } = this.#options;
    const trace = new CellTrace();
    const content = {
      code: cell.source,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      // A kernel that stops passes over what comes within a moment after the error: the next cell, which is to run.
      stop_on_error: !(allowErrors || hasTag(cell, "raises-exception")),
    };
    const reply = kernel.client.request("shell", "execute_request", content, (messageId) => {
      this.#outputs.assign(messageId, cell);
      this.#traces.set(messageId, trace);
    });
    try {
      let message = await within(cellTimeout, reply, signal);
      if (!message) {
        // Out of time, or the user asked to stop: interrupt, and give the cell a moment to say so.
        await kernel.interrupt();
        message = await within(signal?.aborted ? 2 : graceSeconds, reply);
        if (signal?.aborted) return undefined;
        const evalue = `the cell ran longer than ${cellTimeout} s and was interrupted; raise --timeout or make it faster`;
        cell.outputs = cell.outputs.filter((output) => output.output_type !== "error");
        return { output: addError(cell, "TimeoutError", evalue), fatal: !message };
      }
      trace.times["shell.execute_reply"] = message.header.date;
      // The reply and the outputs travel on different sockets; "idle" comes after the last output.
      await within(graceSeconds, trace.idle, signal);
      if (message.content.status === "aborted") {
        const evalue = "the kernel passed the cell over after an earlier error; run the notebook again";
        return { output: addError(cell, "Aborted", evalue), fatal: false };
      }
      if (message.content.status !== "error") return undefined;
      const { ename, evalue, traceback } = message.content;
      const shown = cell.outputs.findLast((output) => output.output_type === "error");
      return { output: shown ?? addError(cell, ename, evalue, traceback), fatal: false };
    } catch (error) {
      return { output: addError(cell, "KernelDied", (error as Error).message), fatal: true };
    } finally {
      if (this.#options.timestamps !== false) cell.metadata.execution = trace.times;
    }
  }

  #published(message: Message): void {
    this.#traces.get(message.parent_header.msg_id ?? "")?.note(message);
    this.#outputs.collect(message);
  }

  #report(done: number, total: number, index?: number): void {
    const cell = index === undefined ? undefined : index + 1;
    this.#options.onProgress?.({ done, total, cell, seconds: this.#seconds() });
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}

/** When the stages of one execution came, as Jupyter records them in a cell's metadata. */
class CellTrace {
  readonly times: Record<string, string> = {};
  /** Resolved once the kernel has published everything for the cell. */
  readonly idle: Promise<void>;
  #becomeIdle = () => {};

  constructor() {
    this.idle = new Promise((resolve) => {
      this.#becomeIdle = resolve;
    });
  }

  note({ header, content }: Message): void {
    if (header.msg_type === "execute_input") this.times["iopub.execute_input"] = header.date;
    if (header.msg_type !== "status") return;
    this.times[`iopub.status.${content.execution_state}`] = header.date;
    if (content.execution_state === "idle") this.#becomeIdle();
  }
}

const hasTag = (cell: CodeCell, tag: string) =>
  Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);

function addError(cell: CodeCell, ename = "Error", evalue = "", traceback: string[] = []): ErrorOutput {
  const output: ErrorOutput = { output_type: "error", ename, evalue, traceback };
  if (traceback.length === 0) output.traceback = [`${ename}: ${evalue}`];
  cell.outputs.push(output);
  return output;
}
