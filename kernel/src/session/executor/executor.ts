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
import { makeImporter } from "../modules/imports.ts";
import { virtualModules } from "../modules/virtualModules.ts";
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
import { KeyboardInterrupt } from "./keyboardInterrupt.ts";
import { loadCell } from "./loadCell.ts";
import { membersOf } from "./membersOf.ts";
import { PreloadedHelpers } from "./preloadedHelpers.ts";
import { Questions } from "./questions.ts";
import { relaxAsyncChecks } from "./relaxAsyncChecks.ts";
import { startWatchdog } from "./startWatchdog.ts";
import { installStreams } from "./streams.ts";
import { installLoweringHelpers } from "./usingContext.ts";

type Execute = Extract<ToExecutor, { type: "execute" }>;

const notebook = notebookFile(process.cwd());
const $import = makeImporter(notebook);
const helpers = new PreloadedHelpers($import);
const $meta = makeImportMeta(notebook);

/** The cell that runs now; `fail` ends it from outside; it waits for `work` (displays that take time). */
let running: Running | undefined;

interface Running {
  cell: number;
  context: CellContext;
  work: Promise<unknown>[];
  fail(error: unknown): void;
}

/** The interrupt may come late, when its cell has ended by itself and another one runs. */
function onInterrupt(cell: number): void {
  if (running?.cell !== cell) return;
  running.context.isInterrupted = true;
  running.fail(new KeyboardInterrupt());
}

async function run(request: Execute): Promise<Outcome> {
  const { cell, allowStdin } = request;
  const context: CellContext = { cell, allowStdin };
  const work: Promise<unknown>[] = [];
  const failed = new Promise<never>((_, reject) => {
    running = { cell: request.cell, context, fail: reject, work };
  });
  failed.catch(() => {}); // raced below; may also be rejected when nobody listens any more
  try {
    const start = loadCell(request.compiled);
    await Promise.race([helpers.provide(request.helpers), failed]);
    const result = await Promise.race([inOwnTask(context, () => start($import, $meta)), failed]);
    protectItself();
    while (work.length > 0) await Promise.race([Promise.all(work.splice(0)), failed]);
    // One more turn, so that a rejection nobody handles is found while its cell still runs.
    await Promise.race([new Promise(setImmediate), failed]);
    if (!request.silent && result && isShowable(result.value)) {
      const bundle = await toBundle(result.value);
      send({ type: "result", cell: request.cell, ...bundle });
      claims.notice(bundle);
    }
    return { status: "ok" };
  } catch (error) {
    protectItself();
    return { status: "error", ...describeError(error) };
  } finally {
    running = undefined;
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

/** Starts code from a fresh macrotask: when it is terminated, what awaits it here is not on its stack. */
function inOwnTask<T>(context: CellContext, start: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() =>
      currentCell.run(context, () => {
        relaxAsyncChecks();
        start().then(resolve, reject);
      }),
    );
  });
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

async function execute(request: Execute): Promise<void> {
  setLatestCell(request.cell);
  const outcome = await run(request);
  const userExpressions = outcome.status === "ok" ? await evaluateAll(request.userExpressions) : {};
  send({ type: "done", cell: request.cell, outcome, userExpressions });
}

function onMessage(message: ToExecutor): void {
  switch (message.type) {
    case "execute":
      currentCell.run({ cell: message.cell, allowStdin: message.allowStdin }, () => void execute(message));
      break;
    case "members":
      send({ type: "members", id: message.id, names: membersOf(message.expression) });
      break;
    case "module":
      virtualModules.set(message.path, message.source);
      break;
    case "comm":
      currentCell.run({ cell: message.cell, allowStdin: false }, () => receive(message.message));
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

const watchdog = startWatchdog({ interrupt: onInterrupt, input: () => questions.onAnswer() });
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
socket.on("data", (chunk) => reader.push(chunk));
socket.on("close", () => process.exit());
send({ type: "ready" });
