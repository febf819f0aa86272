import { type Breakpoint, Breakpoints } from "./breakpoints.ts";
import { DebuggedCells } from "./debuggedCells.ts";
import { type DapVariable, DebugVariables } from "./debugVariables.ts";
import { InspectorClient } from "./inspectorClient.ts";
import { type RemoteObject, textOf } from "./remoteObject.ts";
import { blackbox, type CallFrame, StoppedFrames } from "./stoppedFrames.ts";

type Body = Record<string, unknown>;
type Arguments = Record<string, unknown>;
type Command = (args: Arguments) => Body | Promise<Body>;

export interface DapRequest {
  seq: number;
  command: string;
  arguments?: Arguments;
}

const threadId = 1;
/** An expression that computes for longer is ended: while V8's inspector evaluates it hears nothing else, an interrupt neither. */
const evaluationMs = 5000;
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
  #isStarted = false;
  #sequence = 0;

  constructor(send: ConstructorParameters<typeof InspectorClient>[0], emit: (event: Body) => void) {
    this.#inspector = new InspectorClient(send);
    this.#variables = new DebugVariables(this.#inspector);
    this.#breakpoints = new Breakpoints(this.#inspector, this.cells);
    this.#emit = emit;
  }

  get isStarted(): boolean {
    return this.#isStarted;
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
    source: ({ source }) => ({ content: this.#source((source as { path: string }).path) }),
    loadedSources: () => ({ sources: [] }),
    modules: () => ({ modules: [], totalModules: 0 }),
    threads: () => ({ threads: [{ id: threadId, name: "cell" }] }),
    setBreakpoints: (args) => this.#setBreakpoints(args),
    setExceptionBreakpoints: async ({ filters }) => {
      const [filter] = filters as string[];
      const state = filter === "all" || filter === "raised" ? "all" : filter ? "uncaught" : "none";
      await this.#inspector.post("Debugger.setPauseOnExceptions", { state });
      return {};
    },
    setFunctionBreakpoints: () => ({ breakpoints: [] }),
    stackTrace: () => this.#frames.list(),
    scopes: ({ frameId }) => this.#scopes(Number(frameId)),
    variables: async ({ variablesReference }) => ({
      variables: await this.#variables.list(Number(variablesReference)),
    }),
    evaluate: (args) => this.#evaluate(args),
    inspectVariables: async () => ({ variables: await this.#sessionVariables() }),
    richInspectVariables: (args) => this.#richInspect(args),
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
    if (method === "Debugger.paused") {
      const { callFrames, reason, hitBreakpoints } = params as {
        callFrames: CallFrame[];
        reason: string;
        hitBreakpoints?: string[];
      };
      this.#frames.stop(callFrames);
      this.#variables.clear();
      const why = hitBreakpoints?.length ? "breakpoint" : reason === "exception" ? "exception" : "step";
      this.#event("stopped", { reason: why, threadId, allThreadsStopped: true });
    } else if (method === "Debugger.resumed") {
      this.#frames.resume();
      this.#event("continued", { threadId, allThreadsContinued: true });
    }
  }

  /** The executor is gone. A new one knows nothing of the debugger, and may be gone as well before it does. */
  onNewExecutor(): void {
    if (this.#frames.isStopped) this.#event("continued", { threadId, allThreadsContinued: true });
    this.#inspector.reset();
    this.#frames.resume();
    this.#variables.clear();
    this.#breakpoints.forgetInstalled();
    if (!this.#isStarted) return;
    this.#start()
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
    const { path } = args.source as { path: string };
    const wanted = (args.breakpoints as Breakpoint[] | undefined) ?? [];
    this.#breakpoints.want(path, wanted);
    const placed = this.#isStarted ? await this.#breakpoints.install(path) : wanted.map(() => false);
    const breakpoints = wanted.map(({ line }, at) => ({ verified: placed[at], line, source: { path } }));
    return { breakpoints };
  }

  /**
   * V8 has a scope for each block; people look for what the code in front of them sees. So there are, as with Python's
   * kernel, three at most: what the function has, what it closes over, and what cells have declared.
   */
  async #scopes(frameId: number): Promise<Body> {
    const { scopeChain, this: receiver } = this.#frames.get(frameId);
    const chain = scopeChain.filter(({ type }) => type !== "global" && type !== "script");
    const ofFunction = chain.findIndex(({ type }) => type === "local") + 1;
    const [locals, all] = await Promise.all(
      [chain.slice(0, ofFunction), chain].map((part) =>
        this.#variables.namesIn(part.map(({ object }) => object)),
      ),
    );
    const closed = all!.filter((name) => !locals!.includes(name));
    const own = hasOwn(receiver) ? ["this", ...locals!] : locals!;
    const scopes = [
      { name: "Locals", variables: await this.#valuesOf(own, frameId) },
      { name: "Closure", variables: await this.#valuesOf(closed, frameId) },
      { name: "Globals", variables: await this.#sessionVariables() },
    ].filter(({ name, variables }) => variables.length > 0 || name === "Globals");
    return {
      scopes: scopes.map(({ name, variables }) => ({
        name,
        variablesReference: this.#variables.refer(async () => variables),
        expensive: false,
      })),
    };
  }

  async #evaluate(args: Body): Promise<Body> {
    if (args.context === "repl") this.#frames.renumber();
    const object = await this.#evaluateObject(String(args.expression), args.frameId as number | undefined);
    const { value: result, type, variablesReference } = this.#variables.describe("", object);
    return { result, type, variablesReference };
  }

  async #evaluateObject(expression: string, frameId: number | undefined): Promise<RemoteObject> {
    const frame = frameId === undefined || !this.#frames.isStopped ? undefined : this.#frames.get(frameId);
    const method = frame ? "Debugger.evaluateOnCallFrame" : "Runtime.evaluate";
    const request = {
      expression,
      silent: true,
      generatePreview: true,
      timeout: evaluationMs,
      ...(frame ? { callFrameId: frame.callFrameId } : {}),
    };
    const { result, exceptionDetails } = await this.#inspector.post<{
      result: RemoteObject;
      exceptionDetails?: { text: string; exception?: RemoteObject };
    }>(method, request);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result;
  }

  /** The variables cells have declared. */
  async #sessionVariables(): Promise<DapVariable[]> {
    const { names } = await this.#inspector.post<{ names: string[] }>("Runtime.globalLexicalScopeNames");
    return this.#valuesOf(names);
  }

  /** Asked by name: what V8 holds of a scope is as it was at the stop. What has no value yet is left out. */
  async #valuesOf(names: readonly string[], frameId?: number): Promise<DapVariable[]> {
    const described = names.map(async (name) => {
      const object = await this.#evaluateObject(name, frameId).catch(() => undefined);
      return object ? [this.#variables.describe(name, object)] : [];
    });
    return (await Promise.all(described)).flat();
  }

  async #richInspect(args: Body): Promise<Body> {
    const frameId = this.#frames.isStopped ? (args.frameId as number | undefined) : undefined;
    const object = await this.#evaluateObject(String(args.variableName), frameId);
    return { data: { "text/plain": textOf(object) }, metadata: {} };
  }

  async #resume(method: string): Promise<Body> {
    await this.#inspector.post(method);
    return {};
  }
}

/** Whether `this` is something that the user made. */
const hasOwn = ({ type, subtype, className }: RemoteObject) =>
  type === "object" && subtype !== "null" && className !== "global";

const capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsTerminateRequest: true,
  exceptionBreakpointFilters: [
    { filter: "uncaught", label: "Uncaught errors", default: false },
    { filter: "all", label: "All errors", default: false },
  ],
};
