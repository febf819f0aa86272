import { toBundle } from "../display/toBundle.ts";
import { describeError } from "../errors/describeError.ts";
import { registerSource } from "../errors/sourceMaps.ts";
import { installStackTraces } from "../errors/stackTraces.ts";
import type { Host } from "../frontend/host.ts";
import { UsingContext } from "../globals/usingContext.ts";
import type { Bundle, Failure, Outcome, ToExecutor, UserExpressions } from "../messages/executorMessages.ts";
import { adopt } from "./adopt.ts";
import { cellNumber, currentCell, flushStream, send, setLatestCell, writeStream } from "./channel.ts";
import { Claims } from "./claims.ts";
import { KeyboardInterrupt } from "./keyboardInterrupt.ts";
import { loadCell } from "./loadCell.ts";
import { mainRealm } from "./mainRealm.ts";
import { membersOf } from "./membersOf.ts";
import { checkPipes, readMessages } from "./pipe.ts";
import { PreloadedHelpers } from "./preloadedHelpers.ts";
import { Questions } from "./questions.ts";
import { RunningCell } from "./RunningCell.ts";
import { startWatchdog } from "./startWatchdog.ts";

type Execute = Extract<ToExecutor, { type: "execute" }>;

const helpers = new PreloadedHelpers();
let running: RunningCell | undefined;

/** The latest cell that is not to run on. */
let interruptedCell = 0;

/** The interrupt may come late, when its cell has ended and another one runs, or overtake its cell on the way. */
function onInterrupt(cell: number): void {
  interruptedCell = cell;
  if (running?.context.cell === cell) running.interrupt();
}

async function execute(request: Execute): Promise<void> {
  setLatestCell(request.cell);
  const cell = new RunningCell({ cell: request.cell, allowStdin: request.allowStdin });
  running = cell;
  if (interruptedCell === request.cell) cell.interrupt();
  let outcome: Outcome = { status: "ok" };
  let userExpressions: UserExpressions = {};
  try {
    await run(request, cell);
    userExpressions = await evaluateAll(request.userExpressions, cell);
  } catch (error) {
    outcome = { status: "error", ...(await describe(error, cell)) };
  }
  running = undefined;
  checkPipes(request.cell);
  send({ type: "done", cell: request.cell, outcome, userExpressions });
}

async function run(request: Execute, cell: RunningCell): Promise<void> {
  const start = loadCell(request.compiled);
  if (request.helpers.length > 0) await cell.unlessFailed(helpers.provide(request.helpers));
  const result = await cell.attempt(start);
  const { work } = cell;
  while (work.length > 0) await cell.unlessFailed(Promise.all(work.splice(0)));
  // One more turn, so that a rejection nobody handles is found while its cell still runs.
  await cell.unlessFailed(new Promise((resolve) => setImmediate(resolve)));
  if (!request.silent && result && isShowable(result.value)) await show(result.value, cell);
}

/** A display's handle stands for what is shown already. */
function isShowable(value: unknown): boolean {
  return value !== undefined && !mainRealm.isDisplayHandle(value);
}

async function show(value: unknown, cell: RunningCell): Promise<void> {
  const put = (bundle: Bundle) => {
    send({ type: "result", cell: cell.context.cell, ...bundle });
    claims.notice(bundle);
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
        return asJson(await bundleOf(result?.value));
      });
      results[name] = { status: "ok", ...bundle };
    } catch (error) {
      results[name] = { status: "error", ...(await describe(error, cell)) };
    }
  }
  return results;
}

/** A copy that has no methods left which `send` would call. */
function asJson(bundle: Bundle): Bundle {
  return JSON.parse(mainRealm.stringify(bundle)) as Bundle;
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

function onMessage(message: ToExecutor): void {
  switch (message.type) {
    case "execute":
      currentCell.run({ cell: message.cell, allowStdin: message.allowStdin }, () => void execute(message));
      break;
    case "members":
      send({ type: "members", id: message.id, names: membersOf(message.expression) });
      break;
    case "module":
      mainRealm.addModule(message.path, message.source);
      break;
    case "comm": {
      const json = JSON.stringify(message.message);
      const context = { cell: message.cell, allowStdin: false };
      const receive = () => mainRealm.receiveComm(json);
      currentCell.run(context, () => new RunningCell(context).attempt(receive).catch(onStrayError));
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

const watchdog = startWatchdog({ interrupt: onInterrupt, input: () => questions.onAnswer() });
const questions = new Questions(watchdog);
const claims = new Claims();

/** What the functions that cells call need of the core; see `setHost`. */
export const host: Host = {
  display(id, bundle, update) {
    const [data, metadata] = [{ ...bundle.data }, { ...bundle.metadata }];
    send({ type: "display", cell: cellNumber(), id, update, data, metadata });
    claims.notice(bundle);
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
  readMessages(onMessage);
  send({ type: "ready" });
}

export const usingContext = (): object => new UsingContext();
export { flushStream, onStrayError, registerSource, writeStream };
