import { resolve } from "node:path";
import type { CellDiagnostic, Language } from "../language/language.ts";
import type { Content, Message, Sockets } from "../protocol/index.ts";
import type {
  CompiledCell,
  Failure,
  FromExecutor,
  FromWatchdog,
  Outcome,
  UserExpressions,
} from "../session/executorMessages.ts";
import { Comms } from "./comms.ts";
import { type CellToRun, Compiler } from "./compiler.ts";
import type { DapRequest, DebugAdapter } from "./debug/debugAdapter.ts";
import { describeExit } from "./describeExit.ts";
import { ExecutorProcess, type ExitReason } from "./executorProcess.ts";
import { type HelpQuery, helpQuery } from "./helpQuery.ts";
import type { History } from "./history.ts";
import { type Magics, splitMagics } from "./magics.ts";
import { moduleName } from "./moduleName.ts";
import { NpmRun } from "./npmRun.ts";
import { Parents } from "./parents.ts";
import { StreamBatcher } from "./streamBatcher.ts";
import { describeTypeErrors } from "./typeErrors.ts";

interface Done {
  outcome: Outcome;
  userExpressions: UserExpressions;
  /** What the front end shall do besides showing output: open the pager. */
  payload?: Content[];
}

interface Running {
  cell: number;
  message: Message;
  interrupted: boolean;
  npm?: NpmRun;
  finish?: (done: Done) => void;
}

const ok: Done = { outcome: { status: "ok" }, userExpressions: {} };
const membersTimeoutMs = 200;
const interruptChildrenAfterMs = 500;
const killAfterMs = 10_000;

interface Parts {
  cwd: string;
  sockets: Sockets;
  language: Language;
  history: History;
}

/** Runs execute_requests one after another: magics, type check, executor, reply. */
export class Execution {
  readonly comms: Comms;
  readonly #parts: Parts;
  readonly #compiler: Compiler;
  readonly #parents = new Parents();
  readonly #streams: StreamBatcher;
  readonly #queue: Message[] = [];
  #executor: ExecutorProcess;
  #running: Running | undefined;
  #isDraining = false;
  #cell = 0;
  #count = 0;
  #isCheckOff = false;
  #isStopping = false;
  #lastWords = "";
  #questions = 0;
  #debugger: DebugAdapter | undefined;
  readonly #askedMembers = new Map<number, (names: string[]) => void>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#compiler = new Compiler(parts.cwd);
    this.#streams = new StreamBatcher(({ cell, name, text }) =>
      this.#publish("stream", cell, { name, text }),
    );
    this.comms = new Comms((message, parent) => {
      this.#executor.send({ type: "comm", cell: this.#parents.add(++this.#cell, parent.header), message });
    });
    this.#executor = this.#startExecutor();
  }

  #startExecutor(): ExecutorProcess {
    return new ExecutorProcess(this.#parts.cwd, {
      onMessage: (message) => this.#onMessage(message),
      onRawText: (name, text) => {
        if (name === "stderr") this.#lastWords = (this.#lastWords + text).slice(-8192);
        this.#streams.push(this.#running?.cell ?? this.#cell, name, text);
      },
      onWatchdog: (message) => this.#onWatchdog(message),
      onExit: (reason) => this.#onExit(reason),
    });
  }

  enqueue(message: Message): void {
    this.#queue.push(message);
    if (!this.#isDraining) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      const aborted = await this.#busy(message, () => this.#execute(message as Message));
      for (const each of aborted)
        await this.#busy(each, async () => this.#reply(each, { status: "aborted" }));
    }
    this.#isDraining = false;
  }

  async #busy<T>(message: Message, work: () => Promise<T>): Promise<T> {
    this.#parts.sockets.publish("status", message.header, { execution_state: "busy" });
    try {
      return await work();
    } finally {
      this.#parts.sockets.publish("status", message.header, { execution_state: "idle" });
    }
  }

  /**
   * What was sent together with the failed cell: the queue at the time of its reply, after a moment for what
   * is on its way. Whoever saw the reply before sending is not affected.
   */
  async #takeQueue(): Promise<Message[]> {
    await new Promise((resolve) => setTimeout(resolve, 3));
    return this.#queue.splice(0);
  }

  /** Resolves to the requests that its error aborts. */
  async #execute(message: Message): Promise<Message[]> {
    const { content } = message;
    const source = String(content.code ?? "");
    const silent = content.silent === true;
    const storeHistory = !silent && content.store_history !== false;
    if (storeHistory) {
      this.#count++;
      this.#parts.history.add(this.#count, source);
    }
    const cell = this.#parents.add(++this.#cell, message.header);
    const running: Running = { cell, message, interrupted: false };
    this.#running = running;
    if (!silent) this.#publish("execute_input", cell, { code: source, execution_count: this.#count });
    let done: Done;
    try {
      done = await this.#run(running, source, silent);
    } finally {
      this.#running = undefined;
    }
    this.#streams.flush();
    const { outcome, userExpressions, payload = [] } = done;
    const aborts = outcome.status === "error" && !silent && content.stop_on_error !== false;
    const aborted = aborts ? await this.#takeQueue() : [];
    if (outcome.status === "error") {
      const { ename, evalue, traceback } = outcome;
      if (!silent) this.#publish("error", cell, { ename, evalue, traceback });
      this.#reply(message, { ...outcome, execution_count: this.#count, user_expressions: {}, payload: [] });
    } else {
      this.#reply(message, {
        status: "ok",
        execution_count: this.#count,
        user_expressions: userExpressions,
        payload,
      });
    }
    return aborted;
  }

  async #run(running: Running, source: string, silent: boolean): Promise<Done> {
    const query = helpQuery(source);
    if (query) return this.#help(running, query);
    const magics = splitMagics(source);
    const failed = await this.#obey(running, magics);
    if (failed) return { outcome: { status: "error", ...failed }, userExpressions: {} };
    if (
      magics.isAlone &&
      Object.keys((running.message.content.user_expressions as object) ?? {}).length === 0
    ) {
      return ok;
    }
    const checking = this.#typeErrors(magics);
    const compiling = this.#compile(running, magics.code);
    const typeErrors = await checking;
    if (typeErrors.length > 0) {
      const failure = describeTypeErrors(magics.code, typeErrors);
      return { outcome: { status: "error", ...failure }, userExpressions: {} };
    }
    if (running.interrupted)
      return { outcome: { status: "error", ...interruptedFailure }, userExpressions: {} };
    const module = moduleName(magics.code);
    if (module) return this.#addModule(module, magics.code);
    const compiled = await compiling;
    if ("ename" in compiled) return { outcome: { status: "error", ...compiled }, userExpressions: {} };
    return this.#runInExecutor(running, magics.code, compiled, silent);
  }

  /** Opens the pager with what inspection says; a name without help is no error, as in IPython. */
  async #help(running: Running, { expression, detailLevel }: HelpQuery): Promise<Done> {
    const { found, data } = await this.#parts.language.inspect(expression, expression.length, detailLevel);
    if (!found) this.#streams.push(running.cell, "stdout", `no help for ${expression}\n`);
    return found ? { ...ok, payload: [{ source: "page", start: 0, data }] } : ok;
  }

  /** The cell is a file from now on; it runs when it is imported. */
  #addModule(name: string, source: string): Done {
    this.#parts.language.addModule(name, source);
    this.#executor.send({ type: "module", path: resolve(this.#parts.cwd, name), source });
    return ok;
  }

  #compile({ message }: Running, code: string): Promise<CellToRun | Failure> {
    const label = `cell[${this.#count}].ts`;
    const path = this.#debugger?.isStarted ? this.#debugger.cells.add(String(message.content.code)) : label;
    return this.#compiler.compile(path, code, label);
  }

  async #runInExecutor(running: Running, code: string, toRun: CellToRun, silent: boolean): Promise<Done> {
    const { cell, message } = running;
    const expressions = await this.#compileExpressions(message.content.user_expressions);
    this.#parts.language.commit(code);
    const done = new Promise<Done>((resolve) => {
      running.finish = resolve;
    });
    this.#lastWords = "";
    this.#executor.send({
      type: "execute",
      cell,
      ...toRun,
      silent,
      allowStdin: message.content.allow_stdin === true,
      userExpressions: expressions.compiled,
    });
    const { outcome, userExpressions } = await done;
    return { outcome, userExpressions: { ...userExpressions, ...expressions.failed } };
  }

  async #compileExpressions(expressions: unknown) {
    const compiled: Record<string, CompiledCell> = {};
    const failed: UserExpressions = {};
    for (const [name, source] of Object.entries((expressions ?? {}) as Record<string, string>)) {
      const result = await this.#compiler.compile("user_expression.ts", String(source));
      if ("ename" in result) failed[name] = { status: "error", ...result };
      else compiled[name] = result.compiled;
    }
    return { compiled, failed };
  }

  /** Does what the `%` lines say; a failure stops the cell. */
  async #obey(running: Running, magics: Magics): Promise<Failure | undefined> {
    const [unknown] = magics.unknown;
    if (unknown) {
      const evalue = `unknown magic ${unknown}; known are: %check off, %check on, %npm install PACKAGE`;
      return { ename: "UnknownMagic", evalue, traceback: [`UnknownMagic: ${evalue}`] };
    }
    if (magics.check && magics.isAlone) this.#isCheckOff = magics.check === "off";
    for (const args of magics.npm) {
      running.npm = new NpmRun(args, this.#parts.cwd, (name, text) =>
        this.#streams.push(running.cell, name, text),
      );
      const code = await running.npm.finished;
      running.npm = undefined;
      if (running.interrupted) return interruptedFailure;
      if (code !== 0) {
        const evalue = `npm ${args.join(" ")} ended with code ${code}`;
        return { ename: "NpmError", evalue, traceback: [`NpmError: ${evalue}`] };
      }
    }
    return undefined;
  }

  async #typeErrors(magics: Magics): Promise<CellDiagnostic[]> {
    const isOff = magics.check ? magics.check === "off" : this.#isCheckOff;
    if (isOff || /^\s*\/\/\s*@ts-nocheck\b/m.test(magics.code)) return [];
    try {
      const found = await this.#parts.language.check(magics.code);
      return found.filter(({ severity }) => severity === "error");
    } catch (error) {
      const text = `the cell runs unchecked: ${(error as Error).message}\n`;
      this.#streams.push(this.#cell, "stderr", text);
      return [];
    }
  }

  /** The members a value has now; none when the executor is too busy to say. */
  members(expression: string): Promise<string[]> {
    const id = ++this.#questions;
    return new Promise((resolve) => {
      this.#askedMembers.set(id, resolve);
      setTimeout(() => this.#answerMembers(id, []), membersTimeoutMs);
      this.#executor.send({ type: "members", id, expression });
    });
  }

  #answerMembers(id: number, names: string[]): void {
    this.#askedMembers.get(id)?.(names);
    this.#askedMembers.delete(id);
  }

  /** Ends what runs; harmless when nothing does. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    running.interrupted = true;
    running.npm?.stop();
    if (!running.finish) return;
    this.#executor.interrupt();
    const after = (ms: number, act: () => void) =>
      setTimeout(() => {
        if (this.#running === running) act();
      }, ms).unref();
    after(interruptChildrenAfterMs, () => this.#executor.interruptChildren());
    after(killAfterMs, () => void this.#executor.kill());
  }

  answer(value: string): void {
    this.#executor.answer(value);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#queue.length = 0;
    this.#running?.npm?.stop();
    await this.#executor.kill();
  }

  #onMessage(message: FromExecutor): void {
    if (message.type === "stream") {
      this.#streams.push(message.cell, message.name, message.text);
      return;
    }
    this.#streams.flush();
    switch (message.type) {
      case "display": {
        const { data, metadata, id, update } = message;
        const type = update ? "update_display_data" : "display_data";
        this.#publish(type, message.cell, { data, metadata, transient: id ? { display_id: id } : {} });
        break;
      }
      case "result": {
        const { data, metadata } = message;
        this.#parts.history.setOutput(this.#count, String(data["text/plain"] ?? ""));
        this.#publish("execute_result", message.cell, { data, metadata, execution_count: this.#count });
        break;
      }
      case "clear":
        this.#publish("clear_output", message.cell, { wait: message.wait });
        break;
      case "failure": {
        const { ename, evalue, traceback } = message;
        this.#publish("error", message.cell, { ename, evalue, traceback });
        break;
      }
      case "input":
        this.#ask(message.prompt, message.password);
        break;
      case "comm":
        this.#publishComm(message);
        break;
      case "members":
        this.#answerMembers(message.id, message.names);
        break;
      case "done":
        this.#executor.drainRawOutput();
        if (this.#running?.cell === message.cell) this.#running.finish?.(message);
        break;
      default:
    }
  }

  /** The debugger, loaded when a client first asks for it. */
  async debug(request: DapRequest): Promise<Content> {
    if (!this.#debugger) {
      const { DebugAdapter } = await import("./debug/debugAdapter.ts");
      this.#debugger ??= new DebugAdapter(
        (message) => this.#executor.tellWatchdog(message),
        (event) => this.#publish("debug_event", this.#cell, event),
      );
    }
    return this.#debugger.request(request);
  }

  #onWatchdog(message: FromWatchdog): void {
    if (message.type === "reply") this.#debugger?.onReply(message);
    else this.#debugger?.onEvent(message.method, message.params);
  }

  #ask(prompt: string, password: boolean): void {
    const message = this.#running?.message;
    if (message) this.#parts.sockets.ask(message.identities, message.header, { prompt, password });
  }

  #publishComm({ cell, message }: Extract<FromExecutor, { type: "comm" }>): void {
    const { type, comm_id, target_name, data, metadata, buffers } = message;
    this.comms.note(message);
    const content = type === "comm_open" ? { comm_id, target_name, data } : { comm_id, data };
    const parent = this.#parents.get(cell);
    const bytes = (buffers ?? []).map((each) => Buffer.from(each, "base64"));
    this.#parts.sockets.publish(type, parent, content, metadata, bytes);
  }

  #onExit(reason: ExitReason): void {
    if (this.#isStopping) return;
    const running = this.#running;
    const failure = describeExit(reason, this.#lastWords, running?.interrupted ?? false);
    this.#parts.language.reset();
    this.comms.clear();
    this.#executor = this.#startExecutor();
    void this.#debugger?.onNewExecutor();
    if (running?.finish) {
      running.finish({ outcome: { status: "error", ...failure }, userExpressions: {} });
    } else {
      this.#publish("error", this.#cell, { ...failure });
    }
  }

  #publish(type: string, cell: number, content: Content): void {
    this.#parts.sockets.publish(type, this.#parents.get(cell), content);
  }

  #reply(message: Message, content: Content): void {
    const metadata = { status: content.status, started: new Date().toISOString() };
    this.#parts.sockets.reply("shell", message, "execute_reply", content, metadata);
  }
}

const interruptedFailure: Failure = {
  ename: "KeyboardInterrupt",
  evalue: "the cell was interrupted",
  traceback: ["KeyboardInterrupt: the cell was interrupted"],
};
