import { Socket } from "node:net";
import { DisplayHandle } from "../display/display.ts";
import { toBundle } from "../display/toBundle.ts";
import { describeError } from "../errors/describeError.ts";
import { installStackTraces } from "../errors/stackTraces.ts";
import { receiveComm } from "../frontend/comm.ts";
import { setHost } from "../frontend/host.ts";
import { descriptors } from "../messages/descriptors.ts";
import type { CommMessage, Outcome, ToExecutor, UserExpressions } from "../messages/executorMessages.ts";
import { FrameReader } from "../messages/frames.ts";
import { makeImportMeta, notebookFile } from "../modules/importMeta.ts";
import { type Importer, makeImporter } from "../modules/imports.ts";
import { virtualModules } from "../modules/virtualModules.ts";
import { interruptState } from "../watchdog/interruptState.ts";
import { KeyboardInterrupt } from "../watchdog/keyboardInterrupt.ts";
import { startWatchdog } from "../watchdog/startWatchdog.ts";
import { Tasks } from "../watchdog/tasks.ts";
import { makeRequire } from "./cellRequire.ts";
import {
  type CellContext,
  cellNumber,
  currentCell,
  flushStream,
  send,
  setLatestCell,
  writeStream,
} from "./channel.ts";
import { Claims } from "./claims.ts";
import { installGlobals } from "./installGlobals.ts";
import { restoreIntrinsics } from "./intrinsics.ts";
import { loadLazyGlobals } from "./lazyGlobals.ts";
import { loadCell } from "./loadCell.ts";
import { membersOf } from "./membersOf.ts";
import { PreloadedHelpers } from "./preloadedHelpers.ts";
import { Questions } from "./questions.ts";
import { relaxAsyncChecks } from "./relaxAsyncChecks.ts";
import { installStreams } from "./streams.ts";
import { installLoweringHelpers } from "./usingContext.ts";

type Execute = Extract<ToExecutor, { type: "execute" }>;

const notebook = notebookFile(process.cwd());
const importer = makeImporter(notebook);
const $import: Importer = Object.assign(
  (...args: Parameters<Importer>) => interruptState.loading(() => importer(...args)),
  importer,
);
const helpers = new PreloadedHelpers($import);
const $meta = makeImportMeta(notebook);

/** The cell that runs now; `fail` ends it from outside; it waits for `work` (displays that take time). */
let running: Running | undefined;

interface Running {
  cell: number;
  context: CellContext;
  work: Promise<unknown>[];
  failed: Promise<never>;
  fail(error: unknown): void;
}

/**
 * The cell is to end: the main thread hears it as soon as it is free, because what ran was waiting or has been
 * terminated. The cell's own course may be lost with what was terminated, so its end is told from here.
 */
function onInterrupt(cell: number): void {
  const interrupted = running;
  if (interrupted?.cell === cell) {
    const error = new KeyboardInterrupt();
    interrupted.context.isInterrupted = true;
    questions.withdraw(cell, error);
    end(interrupted, { status: "error", ...describeError(error) });
    interrupted.fail(error);
  }
  flushStream();
  tasks.resume();
}

/** From the moment it is taken in, so that an interrupt finds it. */
function receiveCell({ cell, allowStdin }: Execute): Running {
  const context: CellContext = { cell, allowStdin };
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {}); // raced below; may also be rejected when nobody listens any more
  interruptState.receive(cell);
  running = { cell, context, fail, failed, work: [] };
  return running;
}

/** Says how the cell ended. It ends once: what comes later, of its own or by an interrupt, finds it gone. */
function end(ended: Running, outcome: Outcome, userExpressions: UserExpressions = {}): void {
  if (running !== ended) return;
  protectItself();
  send({ type: "done", cell: ended.cell, outcome, userExpressions }, () => {
    if (running !== ended) return false;
    running = undefined;
    interruptState.end(ended.cell);
    return true;
  });
  questions.withdraw(ended.cell, new Error("the cell ended before this question was answered"));
}

async function run(request: Execute, self: Running): Promise<Outcome> {
  const { context, failed, work } = self;
  try {
    const start = loadCell(request.compiled);
    loadLazyGlobals(request.compiled.source);
    await Promise.race([helpers.provide(request.helpers), failed]);
    if (interruptState.isInterrupted(self.cell)) throw new KeyboardInterrupt();
    relaxAsyncChecks();
    const result = await Promise.race([currentCell.run(context, () => start($import, $meta)), failed]);
    protectItself();
    while (work.length > 0) await Promise.race([Promise.all(work.splice(0)), failed]);
    // One more turn, so that a rejection nobody handles is found while its cell still runs.
    await Promise.race([new Promise(setImmediate), failed]);
    if (!request.silent && result && isShowable(result.value)) {
      const bundle = await Promise.race([toBundle(result.value), failed]);
      send({ type: "result", cell: request.cell, ...bundle }, () => running === self);
      claims.notice(bundle);
    }
    return { status: "ok" };
  } catch (error) {
    protectItself();
    return { status: "error", ...describeError(error) };
  }
}

function protectItself(): void {
  const restored = restoreIntrinsics();
  if (restored) writeStream("stderr", `put back, because the kernel itself needs it: ${restored}\n`);
}

/** A display's handle stands for what is shown already. */
function isShowable(value: unknown): boolean {
  return value !== undefined && !(value instanceof DisplayHandle);
}

async function evaluateAll(expressions: Execute["userExpressions"]): Promise<UserExpressions> {
  const results: UserExpressions = {};
  for (const [name, expression] of Object.entries(expressions)) {
    try {
      const result = await loadCell(expression)($import, $meta);
      results[name] = { status: "ok", ...(await toBundle(result?.value)) };
    } catch (error) {
      results[name] = { status: "error", ...describeError(error) };
    }
  }
  return results;
}

async function execute(request: Execute, self: Running): Promise<void> {
  if (running !== self) return; // it was interrupted before its turn
  if (interruptState.isInterrupted(self.cell)) {
    onInterrupt(self.cell);
    return;
  }
  setLatestCell(request.cell);
  const outcome = await run(request, self);
  // Too late to end the cell: what goes wrong now is shown beside it.
  self.fail = (error) => send({ type: "failure", cell: self.cell, ...describeError(error) });
  const userExpressions = outcome.status === "ok" ? await evaluateAll(request.userExpressions) : {};
  end(self, outcome, userExpressions);
}

/** Takes a message in; what it asks for is done from a task of its own. */
function onMessage(message: ToExecutor): void {
  switch (message.type) {
    case "execute": {
      const self = receiveCell(message);
      tasks.push(() => currentCell.run(self.context, () => void execute(message, self)));
      break;
    }
    case "members":
      tasks.push(() => send({ type: "members", id: message.id, names: membersOf(message.expression) }));
      break;
    case "module":
      virtualModules.set(message.path, message.source);
      break;
    case "comm":
      tasks.push(() =>
        currentCell.run({ cell: message.cell, allowStdin: false }, () => receive(message.message)),
      );
      break;
  }
}

function receive(message: CommMessage): void {
  try {
    receiveComm(message);
  } catch (error) {
    onStrayError(error);
  }
}

/** An error outside any await: shown at the cell that caused it, and ends that cell if it still runs. */
function onStrayError(error: unknown): void {
  if (error instanceof KeyboardInterrupt) return; // of a cell that has ended already
  const cell = cellNumber();
  if (running?.cell === cell) running.fail(error);
  else send({ type: "failure", cell, ...describeError(error) });
}

const tasks = new Tasks();
const watchdog = startWatchdog(onInterrupt, (answer) => questions.onAnswer(answer));
const questions = new Questions(watchdog);
const claims = new Claims();
setHost({
  display(id, bundle, update) {
    send({ type: "display", cell: cellNumber(), id, update, ...bundle });
    claims.notice(bundle);
  },
  clear: (wait) => send({ type: "clear", cell: cellNumber(), wait }),
  prompt: (text, password) => questions.ask(text, password),
  input: (text, password) => questions.askLater(text, password),
  comm: (message) => send({ type: "comm", cell: cellNumber(), message }),
  onClaims: (listener) => claims.listen(listener),
  track(work) {
    if (running?.cell === cellNumber()) running.work.push(work);
    else work.catch(onStrayError);
  },
});

installLoweringHelpers();
installStreams();
installStackTraces();
installGlobals({ require: makeRequire(notebook), notebook });
process.on("uncaughtException", onStrayError);
process.on("unhandledRejection", onStrayError);
process.on("SIGINT", () => {}); // a terminal sends it to the whole group; the server tells us itself
process.on("exit", flushStream);

const reader = new FrameReader<ToExecutor>(onMessage);
const socket = new Socket({ fd: descriptors.fromServer, readable: true, writable: false });
socket.on("data", (chunk) => interruptState.uninterrupted(() => reader.push(chunk)));
// The server is gone. The watchdog ends what cells started, and then this process; it is not to end before that.
socket.on("close", () => setTimeout(() => process.exit(), 10_000));
send({ type: "ready" });
