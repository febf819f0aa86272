import { Breakpoints, breakpointsOf, pathOf } from "./breakpoints.ts";
import { DebuggedCells } from "./debuggedCells.ts";
import { DebugVariables } from "./debugVariables.ts";
import { Evaluator } from "./evaluator.ts";
import { InspectorClient } from "./inspectorClient.ts";
import { blackbox, type CallFrame, isUsers, StoppedFrames } from "./stoppedFrames.ts";

type Body = Record<string, unknown>;
type Arguments = Record<string, unknown>;
type Command = (args: Arguments) => Body | Promise<Body>;

interface Paused {
  callFrames: CallFrame[];
  reason: string;
  hitBreakpoints?: string[];
}

export interface DapRequest {
  seq: number;
  command: string;
  arguments?: Arguments;
}

const threadId = 1;
/**
 * The debug adapter protocol, as Jupyter's front ends speak it over `debug_request`, on V8's inspector.
 */
export class DebugAdapter {
  readonly cells = new DebuggedCells();
  readonly #inspector: InspectorClient;
  readonly #variables: DebugVariables;
  readonly #emit: (event: Body) => void;
  readonly #breakpoints: Breakpoints;
  readonly #frames = new StoppedFrames(this.cells);
  readonly #evaluator: Evaluator;
  #isStarted = false;
  #isPassing = false;
  #isPrepared: Promise<void> | undefined;
  #sequence = 0;

  constructor(send: ConstructorParameters<typeof InspectorClient>[0], emit: (event: Body) => void) {
    this.#inspector = new InspectorClient(send);
    this.#variables = new DebugVariables(this.#inspector);
    this.#breakpoints = new Breakpoints(this.#inspector, this.cells);
    this.#evaluator = new Evaluator(this.#inspector, this.#variables, this.#frames);
    this.#emit = emit;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** Resolves when an executor that took another's place has its breakpoints; undefined where none has to be waited for. */
  get isPrepared(): Promise<void> | undefined {
    return this.#isPrepared;
  }

  readonly #commands: Record<string, Command> = {
    debugInfo: () => ({
      isStarted: this.#isStarted,
      ...this.cells.naming,
      breakpoints: this.#breakpoints.list(),
      stoppedThreads: this.#frames.isStopped ? [threadId] : [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: false,
    }),
    initialize: ({ clientID }) => {
      this.#variables.hasTypes = clientID !== "jupyterlab"; // it shows a type that is not Python's in place of the value
      this.cells.countsFromFirstCode = clientID === "vscode";
      return capabilities;
    },
    attach: async () => {
      await this.#start();
      this.#event("initialized");
      return {};
    },
    launch: () => this.#commands.attach?.({}) ?? {},
    configurationDone: () => ({}),
    disconnect: () => this.#stop(),
    terminate: () => this.#stop(),
    dumpCell: ({ code }) => ({ sourcePath: this.cells.add(String(code)) }),
    source: (args) => ({ content: this.#source(pathOf(args)) }),
    loadedSources: () => ({ sources: [] }),
    modules: () => ({ modules: [], totalModules: 0 }),
    threads: () => ({ threads: [{ id: threadId, name: "cell" }] }),
    setBreakpoints: (args) => this.#setBreakpoints(args),
    setExceptionBreakpoints: async ({ filters }) => {
      const [filter] = Array.isArray(filters) ? filters : [];
      const state = filter === "all" || filter === "raised" ? "all" : filter ? "uncaught" : "none";
      await this.#inspector.post("Debugger.setPauseOnExceptions", { state });
      return {};
    },
    setFunctionBreakpoints: () => ({ breakpoints: [] }),
    stackTrace: () => this.#frames.list(),
    scopes: ({ frameId }) => this.#evaluator.scopes(Number(frameId)),
    variables: async ({ variablesReference }) => ({
      variables: await this.#variables.list(Number(variablesReference)),
    }),
    evaluate: (args) => this.#evaluator.evaluate(args),
    inspectVariables: async () => ({ variables: await this.#evaluator.sessionVariables() }),
    richInspectVariables: (args) => this.#evaluator.richInspect(args),
    pause: () => this.#resume("Debugger.pause"),
    continue: async () => ({ ...(await this.#resume("Debugger.resume")), allThreadsContinued: true }),
    next: () => this.#resume("Debugger.stepOver"),
    stepIn: () => this.#resume("Debugger.stepInto"),
    stepOut: () => this.#resume("Debugger.stepOut"),
    copyToGlobals: () => ({}),
  };

  /** Answers one request; a failure is an answer too. */
  async request({ seq, command, arguments: args = {} }: DapRequest): Promise<Body> {
    const reply = { type: "response", seq: ++this.#sequence, request_seq: seq, command };
    try {
      const run = Object.hasOwn(this.#commands, command) ? this.#commands[command] : undefined;
      if (!run) throw new Error(`the debugger does not know the command ${command}`);
      return { ...reply, success: true, body: await run(args) };
    } catch (error) {
      return { ...reply, success: false, message: (error as Error).message };
    }
  }

  onReply(reply: { id: number; result?: unknown; error?: string }): void {
    this.#inspector.onReply(reply);
  }

  onEvent(method: string, params: Body): void {
    if (method === "Debugger.paused") this.#onPaused(params as unknown as Paused);
    else if (method === "Debugger.resumed") {
      this.#frames.resume();
      if (!this.#isPassing) this.#event("continued", { threadId, allThreadsContinued: true });
    }
  }

  #onPaused({ callFrames, reason, hitBreakpoints }: Paused): void {
    this.#frames.stop(callFrames);
    this.#variables.clear();
    const isException = reason === "exception" || reason === "promiseRejection";
    // A step leads into what is no code of the user, Node's own that V8 cannot be told to skip, or out of the cell.
    this.#isPassing = !this.#frames.isStopped || (!isException && !isUsers(callFrames[0]));
    if (this.#isPassing) {
      const way = this.#frames.isStopped ? "Debugger.stepOut" : "Debugger.resume";
      this.#frames.resume();
      this.#inspector.post(way).catch(() => {}); // ended meanwhile
      return;
    }
    const why = hitBreakpoints?.length ? "breakpoint" : isException ? "exception" : "step";
    this.#event("stopped", { reason: why, threadId, allThreadsStopped: true });
  }

  /** The executor is gone. A new one knows nothing of the debugger, and may be gone as well before it does. */
  onNewExecutor(): void {
    if (this.#frames.isStopped) this.#event("continued", { threadId, allThreadsContinued: true });
    this.#inspector.reset();
    this.#frames.resume();
    this.#variables.clear();
    this.#breakpoints.forgetInstalled();
    if (!this.#isStarted) return;
    this.#isPrepared = this.#start()
      .then(() => this.#breakpoints.installAll())
      .catch(() => {}); // ended too: the next one is told anew
  }

  #event(event: string, body: Body = {}): void {
    this.#emit({ type: "event", seq: ++this.#sequence, event, body });
  }

  async #start(): Promise<void> {
    await this.#inspector.post("Debugger.enable");
    await this.#inspector.post("Debugger.setBlackboxPatterns", { patterns: blackbox });
    this.#isStarted = true;
  }

  async #stop(): Promise<Body> {
    if (this.#isStarted) await this.#inspector.post("Debugger.disable");
    this.#isStarted = false;
    this.#frames.resume();
    this.#breakpoints.clear();
    return {};
  }

  #source(path: string): string {
    const content = this.cells.sourceOf(path);
    if (content === undefined) throw new Error(`no cell has the path ${path}`);
    return content;
  }

  async #setBreakpoints(args: Body): Promise<Body> {
    const path = pathOf(args);
    const wanted = breakpointsOf(args);
    this.#breakpoints.want(path, wanted);
    const placed = this.#isStarted ? await this.#breakpoints.install(path) : wanted.map(() => false);
    const breakpoints = wanted.map(({ line }, at) => {
      const { [at]: found } = placed;
      const said = typeof found === "string" ? { message: found } : {};
      return { verified: found === true, line, source: { path }, ...said };
    });
    return { breakpoints };
  }

  async #resume(method: string): Promise<Body> {
    await this.#inspector.post(method);
    return {};
  }
}

const capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsTerminateRequest: true,
  // No error of a cell is uncaught for V8, since the kernel catches them all; so there is no choice of these.
  exceptionBreakpointFilters: [{ filter: "all", label: "All errors", default: false }],
};
