import type { Content, Header, Message } from "../../protocol/message.ts";
import type { Sockets } from "../../protocol/sockets.ts";
import type { FromExecutor, FromWatchdog, ToExecutor } from "../../session/messages/executorMessages.ts";
import type { DapRequest, DebugAdapter } from "../debug/debugAdapter.ts";
import { Comms } from "./comms.ts";
import { describeExit, isFatalReport, unstoppable } from "./describeExit.ts";
import { type Done, failed, interrupted } from "./done.ts";
import { ExecutorProcess, type ExitReason } from "./executorProcess.ts";
import { InputRequests } from "./inputRequests.ts";
import { Parents } from "./parents.ts";
import { StreamBatcher } from "./streamBatcher.ts";

type Result = Extract<FromExecutor, { type: "result" }>;
export type Execute = Omit<Extract<ToExecutor, { type: "execute" }>, "type" | "cell">;

export interface SessionEvents {
  onResult(result: Result): void;
  /** An executor can run cells, and gets the one that waits. */
  onReady(): void;
  /** The executor was replaced: the session's variables are gone. */
  onLoss(): void;
}

interface Running {
  cell: number;
  message: Message;
  isInterrupted?: boolean;
  /** It loads a package in one go, which an interrupt waits for. */
  isLoading?: boolean;
  finish(done: Done): void;
}

const membersTimeoutMs = 200;
const interruptChildrenAfterMs = 500;
const killAfterMs = 2000;
/** And so much more where a package is being loaded: broken off it would be lost to the session as well. */
const killLoadingAfterMs = 3000;
/** An executor that is not ready by then, and is interrupted, hangs. */
const startMs = 10_000;

/** The executor as clients see it: what it says is published under the cell that caused it. */
export class Session {
  readonly comms: Comms;
  readonly #cwd: string;
  readonly #sockets: Sockets;
  readonly #events: SessionEvents;
  readonly #parents = new Parents();
  readonly #streams: StreamBatcher;
  readonly #inputs: InputRequests;
  readonly #askedMembers = new Map<number, (names: string[]) => void>();
  /** undefined after one that could not even start: the next cell tries again. */
  #executor: ExecutorProcess | undefined;
  #started = 0;
  #isReady = false;
  #running: Running | undefined;
  #debugger: DebugAdapter | undefined;
  #cell = 0;
  #questions = 0;
  #lastWords = "";
  #isStopping = false;

  constructor(cwd: string, sockets: Sockets, events: SessionEvents) {
    this.#cwd = cwd;
    this.#sockets = sockets;
    this.#events = events;
    this.#streams = new StreamBatcher(({ cell, name, text }) => this.publish("stream", cell, { name, text }));
    this.#inputs = new InputRequests({
      ask: (asker, content) => this.#sockets.ask(asker.identities, asker.header, content),
      answer: (answer) => this.#executor?.answer(answer),
    });
    this.comms = new Comms((message, parent) =>
      this.#alive().send({ type: "comm", cell: this.newCell(parent.header), message }),
    );
    this.#warmUp();
  }

  /** Has the executor ready before it is needed; where it cannot be started now, the next cell tries again and says so. */
  #warmUp(): boolean {
    try {
      this.#alive();
      return true;
    } catch {
      return false;
    }
  }

  #alive(): ExecutorProcess {
    if (this.#executor) return this.#executor;
    // What one says that is gone already, through a pipe that a process it started holds open, is for nobody.
    const ifAlive =
      <T extends unknown[]>(take: (...args: T) => void) =>
      (...args: T) => {
        if (this.#executor === executor) take(...args);
      };
    const executor = new ExecutorProcess(this.#cwd, {
      onMessage: ifAlive((message) => this.#onMessage(message)),
      onRawText: ifAlive((name, text) => this.#onRawText(name, text)),
      onWatchdog: ifAlive((message) => this.#onWatchdog(message)),
      onExit: ifAlive((reason) => this.#onExit(reason)),
    });
    this.#executor = executor;
    this.#started = performance.now();
    return executor;
  }

  /** A number for a piece of execution, whose output belongs to the request with this header. */
  newCell(header: Header): number {
    return this.#parents.add(++this.#cell, header);
  }

  publish(type: string, cell: number, content: Content): void {
    this.#sockets.publish(type, this.#parents.get(cell), content);
  }

  print(cell: number, name: "stdout" | "stderr", text: string): void {
    this.#streams.push(cell, name, text);
  }

  /** Publishes what is printed and still waits to be merged. */
  flush(): void {
    this.#streams.flush();
  }

  /** Runs a compiled cell; resolves also when the executor ends. */
  async run(cell: number, message: Message, request: Execute): Promise<Done> {
    this.#lastWords = "";
    const executor = this.#alive();
    return new Promise((resolve) => {
      const finish = (done: Done) => {
        this.#running = undefined;
        this.#inputs.withdraw(cell);
        resolve(done);
      };
      this.#running = { cell, message, finish };
      const send = () => {
        if (this.#running?.cell === cell) executor.send({ type: "execute", cell, ...request });
      };
      const prepared = this.#debugger?.isPrepared;
      if (prepared) void prepared.then(send);
      else send();
    });
  }

  addModule(path: string, source: string): void {
    this.#alive().send({ type: "module", path, source });
  }

  /** Ends the code that runs; harmless when none does. Where it does not end, its process is ended. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    const executor = this.#alive();
    executor.interrupt(running.cell);
    if (!this.#isReady) {
      running.finish(interrupted); // it has not begun, and will not any more
      if (performance.now() - this.#started > startMs) void executor.kill();
      return;
    }
    if (running.isInterrupted) return;
    running.isInterrupted = true;
    const after = (ms: number, act: () => void) =>
      setTimeout(() => {
        if (this.#running === running) act();
      }, ms).unref();
    after(interruptChildrenAfterMs, () => executor.interruptChildren());
    const kill = () => {
      this.#lastWords = unstoppable;
      void executor.kill();
    };
    after(killAfterMs, () => (running.isLoading ? after(killLoadingAfterMs, kill) : kill()));
  }

  /** Takes an `input_reply`; false when it answers nothing. With a fault, the question ends with that. */
  answer(message: Message, fault?: string): boolean {
    return this.#inputs.reply(message, fault);
  }

  /** The members a value has now; none when the executor is too busy to say. */
  members(expression: string): Promise<string[]> {
    const id = ++this.#questions;
    return new Promise((resolve) => {
      this.#askedMembers.set(id, resolve);
      setTimeout(() => this.#answerMembers(id, []), membersTimeoutMs);
      this.#alive().send({ type: "members", id, expression });
    });
  }

  #answerMembers(id: number, names: string[]): void {
    this.#askedMembers.get(id)?.(names);
    this.#askedMembers.delete(id);
  }

  /** The debugger, loaded when a client first asks for it. */
  async debug(request: DapRequest): Promise<Content> {
    if (!this.#debugger) {
      const { DebugAdapter } = await import("../debug/debugAdapter.ts");
      this.#debugger ??= new DebugAdapter(
        (message) => this.#alive().tellWatchdog(message),
        (event) => this.publish("debug_event", this.#cell, event),
      );
    }
    return this.#debugger.request(request);
  }

  /** The path under which a debugger that is attached knows a cell. */
  debuggedPath(source: string): string | undefined {
    return this.#debugger?.isStarted ? this.#debugger.cells.add(source) : undefined;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#executor?.kill();
  }

  #onMessage(message: FromExecutor): void {
    if (message.type === "stream") {
      this.#streams.push(message.cell, message.name, message.text);
      return;
    }
    this.#streams.flush();
    const { type } = message;
    if (type === "ready") this.#onReady();
    else if (type === "display") this.#publishDisplay(message);
    else if (type === "result") this.#events.onResult(message);
    else if (type === "clear") this.publish("clear_output", message.cell, { wait: message.wait });
    else if (type === "failure") this.#publishFailure(message);
    else if (type === "input") this.#ask(message);
    else if (type === "comm") this.#publishComm(message);
    else if (type === "members") this.#answerMembers(message.id, message.names);
    else if (type === "done" && this.#running?.cell === message.cell) {
      this.#executor?.drainRawOutput();
      this.#running.finish(message);
    }
  }

  #onReady(): void {
    this.#isReady = true;
    this.#events.onReady();
  }

  #publishDisplay({ cell, data, metadata, id, update }: Extract<FromExecutor, { type: "display" }>): void {
    const transient = id ? { display_id: id } : {};
    this.publish(update ? "update_display_data" : "display_data", cell, { data, metadata, transient });
  }

  #publishFailure({ cell, ename, evalue, traceback }: Extract<FromExecutor, { type: "failure" }>): void {
    this.publish("error", cell, { ename, evalue, traceback });
  }

  #publishComm({ cell, message }: Extract<FromExecutor, { type: "comm" }>): void {
    const { type, comm_id, target_name, data, metadata, buffers = [] } = message;
    this.comms.note(message);
    const content = type === "comm_open" ? { comm_id, target_name, data } : { comm_id, data };
    const bytes = buffers.map((each) => Buffer.from(each, "base64"));
    this.#sockets.publish(type, this.#parents.get(cell), content, metadata, bytes);
  }

  #ask({ cell, question, prompt, password }: Extract<FromExecutor, { type: "input" }>): void {
    if (this.#running?.cell === cell) {
      this.#inputs.push({ question, cell, asker: this.#running.message, prompt, password });
      return;
    }
    const error =
      "only a cell that runs can ask for input, and the cell that asks has ended; await the answer";
    this.#executor?.answer({ question, error });
  }

  #onRawText(name: "stdout" | "stderr", text: string): void {
    if (name === "stderr") this.#lastWords = (this.#lastWords + text).slice(-16_384);
    // Node's report of a crash is told in one sentence when the executor is gone.
    if (name === "stdout" || !isFatalReport(this.#lastWords)) {
      this.#streams.push(this.#running?.cell ?? this.#cell, name, text);
    }
  }

  #onWatchdog(message: FromWatchdog): void {
    if (message.type === "loading") {
      if (this.#running?.cell === message.cell) this.#running.isLoading = true;
    } else if (message.type === "reply") this.#debugger?.onReply(message);
    else this.#debugger?.onEvent(message.method, message.params);
  }

  #onExit(reason: ExitReason): void {
    if (this.#isStopping) return;
    const [lastWords, wasReady] = [this.#lastWords, this.#isReady];
    this.#events.onLoss();
    this.comms.clear();
    this.#inputs.withdraw();
    this.#executor = undefined;
    const failure = describeExit(reason, lastWords, wasReady, wasReady && this.#warmUp());
    this.#isReady = false;
    this.#debugger?.onNewExecutor();
    this.#streams.flush();
    if (this.#running) this.#running.finish(failed(failure));
    else this.publish("error", this.#cell, { ...failure });
  }
}
