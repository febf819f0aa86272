import { types } from "node:util";
import { completeBundle } from "../display/bundle/completeBundle.ts";
import { toBundle } from "../display/toBundle.ts";
import { describeError } from "../errors/describeError.ts";
import { registerSource } from "../errors/sourceMaps.ts";
import { installStackTraces } from "../errors/stackTraces.ts";
import type { Host } from "../frontend/host.ts";
import { UsingContext } from "../globals/usingContext.ts";
import type { Bundle, Failure, Outcome, ToExecutor, UserExpressions } from "../messages/executorMessages.ts";
import { hearWatchdog } from "../watchdog/hearWatchdog.ts";
import { KeyboardInterrupt } from "../watchdog/keyboardInterrupt.ts";
import { Tasks } from "../watchdog/tasks.ts";
import { adopt } from "./adopt.ts";
import { cellNumber, currentCell, flushStream, send, setLatestCell, writeStream } from "./channel.ts";
import { Claims } from "./claims.ts";
import { drawStill } from "./drawStill.ts";
import { interruptState } from "./interrupts.ts";
import { loadLazyGlobals } from "./lazyGlobals.ts";
import { loadCell } from "./loadCell.ts";
import { makeMagics } from "./magics/makeMagics.ts";
import { describeElapsed, Stopwatch } from "./magics/Stopwatch.ts";
import { mainRealm } from "./mainRealm.ts";
import { membersOf } from "./membersOf.ts";
import { checkPipes, readMessage } from "./pipe.ts";
import { PreloadedHelpers } from "./preloadedHelpers.ts";
import { Questions } from "./questions.ts";
import { RunningCell } from "./RunningCell.ts";
import { lend, provideProgramNames } from "./sessionScope.ts";

type Execute = Extract<ToExecutor, { type: "execute" }>;

const helpers = new PreloadedHelpers();
const loadDeno = () => adopt(mainRealm.loadDeno(), { isOurs: true });

/** The cell that runs now. */
let running: RunningCell | undefined;

/**
 * The cell is to end: this thread hears it as soon as it is free, because what ran was waiting or has been
 * terminated. The cell's own course may be lost with what was terminated, so its end is told from here.
 */
function onInterrupt(cell: number): void {
  const interrupted = running;
  if (interrupted?.context.cell === cell) {
    const error = new KeyboardInterrupt();
    interrupted.context.isInterrupted = true;
    for (const stop of interrupted.onInterrupt) stop();
    questions.withdraw(cell, error);
    end(interrupted, { status: "error", ...describeError(error) });
    interrupted.fail(error);
  }
  flushStream();
}

/** From the moment it is taken in, so that an interrupt finds it. */
function receiveCell({ cell, allowStdin }: Execute): RunningCell {
  interruptState.receive(cell);
  running = new RunningCell({ cell, allowStdin }, tasks);
  return running;
}

/** Says how the cell ended. It ends once: what comes later, of its own or by an interrupt, finds it gone. */
function end(ended: RunningCell, outcome: Outcome, userExpressions: UserExpressions = {}): void {
  if (running !== ended) return;
  const { cell } = ended.context;
  checkPipes(cell);
  send({ type: "done", cell, outcome, userExpressions }, () => {
    if (running !== ended) return false;
    running = undefined;
    interruptState.end(cell);
    return true;
  });
  questions.withdraw(cell, new Error("the cell ended before this question was answered"));
}

async function execute(request: Execute, cell: RunningCell): Promise<void> {
  if (running !== cell) return; // it was interrupted before its turn
  if (interruptState.isInterrupted(request.cell)) return onInterrupt(request.cell);
  setLatestCell(request.cell);
  let outcome: Outcome = { status: "ok" };
  let userExpressions: UserExpressions = {};
  try {
    await run(request, cell);
    userExpressions = await evaluateAll(request.userExpressions, cell);
  } catch (error) {
    outcome = { status: "error", ...(await describe(error, cell)) };
  }
  end(cell, outcome, userExpressions);
}

async function run(request: Execute, cell: RunningCell): Promise<void> {
  const { input } = request;
  if (input) mainRealm.addInput(input.number, input.source);
  provideProgramNames(request.helpers); // before: the cell is evaluated in the scope that there is
  if (request.helpers.includes("require"))
    await cell.unlessFailed(adopt(mainRealm.prepareRequire(), { isOurs: true }));
  if (request.helpers.includes("Deno")) await cell.unlessFailed(lend("Deno", loadDeno));
  const start = loadCell(request.compiled);
  loadLazyGlobals(request.compiled.source);
  if (request.helpers.length > 0) await cell.unlessFailed(helpers.provide(request.helpers));
  let stopwatch: Stopwatch | undefined;
  const result = await cell.attempt(() => {
    if (request.isTimed) stopwatch = new Stopwatch();
    return start();
  });
  if (stopwatch) writeStream("stdout", describeElapsed(stopwatch.stop(), types.isPromise(result?.value)));
  const { work } = cell;
  do {
    while (work.length > 0) await cell.unlessFailed(Promise.all(work.splice(0)));
    // One more turn, so that a rejection nobody handles is found while its cell still runs.
    await cell.unlessFailed(new Promise((resolve) => setImmediate(resolve)));
  } while (work.length > 0);
  if (request.silent || !result || !isShowable(result.value)) return;
  if (input) mainRealm.addOutput(input.number, result.value);
  await show(result.value, cell);
}

type Shown =
  | { type: "result"; cell: number }
  | { type: "display"; cell: number; id: string; update: boolean };

/** Sends what is shown, complete, and says what that is; what is too long for a message is told in its place. */
function sendBundle(message: Shown, bundle: Bundle, isWanted?: () => boolean): Bundle {
  const complete = completeBundle(bundle, drawStill);
  try {
    send({ ...message, ...complete }, isWanted);
    return complete;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const told = { data: { "text/plain": `[not shown: ${error.message}]` }, metadata: {} };
    send({ ...message, ...told }, isWanted);
    return told;
  }
}

/** A display's handle stands for what is shown already. */
function isShowable(value: unknown): boolean {
  return value !== undefined && !mainRealm.isDisplayHandle(value);
}

async function show(value: unknown, cell: RunningCell): Promise<void> {
  const put = (bundle: Bundle) => {
    const message = { type: "result" as const, cell: cell.context.cell };
    claims.notice(sendBundle(message, bundle, () => running === cell));
  };
  if (isPlain(value)) put(toBundle(value) as Bundle);
  else await cell.attempt(async () => put(await bundleOf(value)));
}

/** What can be looked at without running a line of the user's. */
function isPlain(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function");
}

async function bundleOf(value: unknown): Promise<Bundle> {
  const bundle = toBundle(value);
  return "then" in bundle ? adopt(bundle) : bundle;
}

async function evaluateAll(expressions: Execute["userExpressions"], cell: RunningCell) {
  const results: UserExpressions = {};
  for (const [name, expression] of Object.entries(expressions)) {
    try {
      const bundle = await cell.attempt(async () => {
        const result = await loadCell(expression)();
        return completeBundle(await bundleOf(result?.value), drawStill);
      });
      results[name] = { status: "ok", ...bundle };
    } catch (error) {
      results[name] = { status: "error", ...(await describe(error, cell)) };
    }
  }
  return results;
}

/** What is thrown may be the user's own object, whose getters take their time: an interrupt ends them too. */
async function describe(error: unknown, cell: RunningCell): Promise<Failure> {
  if (isPlain(error) || KeyboardInterrupt.is(error)) return describeError(error);
  cell.clearFailure();
  try {
    return await cell.attempt(() => describeError(error));
  } catch (whileDescribing) {
    return describeError(KeyboardInterrupt.is(whileDescribing) ? whileDescribing : "an error without words");
  }
}

/** Takes a message in; what it asks for is done from a task of its own. */
function onMessage(message: ToExecutor): void {
  switch (message.type) {
    case "execute": {
      const cell = receiveCell(message);
      tasks.push(() => currentCell.run(cell.context, () => void execute(message, cell)));
      break;
    }
    case "members":
      tasks.push(() => send({ type: "members", id: message.id, names: membersOf(message.expression) }));
      break;
    case "module":
      mainRealm.addModule(message.path, message.source);
      break;
    case "comm": {
      const json = JSON.stringify(message.message);
      const context = { cell: message.cell, allowStdin: false };
      const receive = () => mainRealm.receiveComm(json);
      currentCell.run(context, () => new RunningCell(context, tasks).attempt(receive).catch(onStrayError));
      break;
    }
  }
}

/** An error outside any await: shown at the cell that caused it, and ends that cell if it still runs. */
function onStrayError(error: unknown): void {
  if (KeyboardInterrupt.is(error)) return; // of a cell that has ended already
  const cell = cellNumber();
  if (running?.context.cell === cell) running.fail(error);
  else send({ type: "failure", cell, ...describeError(error) });
}

const tasks = new Tasks();
const { watchdog } = mainRealm;
const questions = new Questions(watchdog.answers);
hearWatchdog(watchdog, interruptState, {
  interrupt: onInterrupt,
  answer: (answer) => questions.onAnswer(answer),
  message: (json) => onMessage(readMessage(json)),
  resume: () => tasks.resume(),
});
const claims = new Claims();

/** What the functions that cells call need of the core; see `setHost`. */
export const host: Host = {
  display(id, bundle, update) {
    claims.notice(sendBundle({ type: "display", cell: cellNumber(), id, update }, bundle));
  },
  clear: (wait) => send({ type: "clear", cell: cellNumber(), wait }),
  prompt: (text, password) => questions.ask(text, password),
  input: (text, password) => questions.askLater(text, password),
  comm: (message) => send({ type: "comm", cell: cellNumber(), message }),
  onClaims: (listener) => claims.listen(listener),
  track(promise) {
    const work = adopt(promise);
    if (running?.context.cell === cellNumber()) running.work.push(work);
    else work.catch(onStrayError);
  },
};

/** Takes messages from now on. */
export function begin(): void {
  installStackTraces();
  watchdog.begin();
  send({ type: "ready" });
}

/** Around the loading of modules, which an interrupt had better not break off. */
export const loading = {
  begin: () => interruptState.beginLoading(),
  end: (begun: number) => interruptState.endLoading(begun),
  setWhole: (isLoading: boolean) => interruptState.setLoadingWhole(isLoading),
};

export const magics = makeMagics(() => running);
export const usingContext = (): object => new UsingContext();
export { flushStream, onStrayError, registerSource, writeStream };
