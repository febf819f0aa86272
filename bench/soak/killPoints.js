// Stops the program at every operation on files in turn, and lets every operation in turn fail, and looks at what is left:
// the old files or the new ones, never half of one and never none; the next run must work whatever lies about.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./killPoints/cases.js";

const preload = fileURLToPath(new URL("killPoints/stopAtOperation.cjs", import.meta.url));
const signals = ["SIGTERM", "SIGINT", "SIGHUP"];
const ways = ["kill", "tear", "ENOSPC", "EACCES", "EIO", ...signals];

/**
 * @param options.tries at most so many, chosen by `seed`; all where it is left out
 * @param options.quick leaves out what starts the whole command line
 * @returns how many points were tried, and what was found wrong
 */
export async function killPoints({
  tries = Number.POSITIVE_INFINITY,
  seed = 1,
  quick = false,
  log = () => {},
} = {}) {
  const points = [];
  for (const one of cases.filter(({ isSlow }) => !quick || !isSlow)) {
    const operations = await countOperations(one);
    log(`${one.name}: ${operations} operations`);
    for (let at = 1; at <= operations; at++) for (const how of ways) points.push({ one, at, how });
  }
  const chosen = shuffled(points, seed).slice(0, tries);
  const faults = [];
  for (const [tried, point] of chosen.entries()) {
    if (tried > 0 && tried % 50 === 0) log(`${tried} of ${chosen.length} points, ${faults.length} faults`);
    const fault = await tryPoint(point);
    if (fault === undefined) continue;
    faults.push(`${point.one.name}, ${point.how} at operation ${point.at}: ${fault}`);
    log(faults.at(-1));
  }
  log(`${chosen.length} of ${points.length} points tried, ${faults.length} faults`);
  return { tried: chosen.length, of: points.length, faults };
}

async function countOperations(one) {
  return await inFolder(one, async (folder, temporary) => {
    const { code, said } = await run(one, folder, temporary, {});
    if (code !== 0 || one.state(folder) !== "new") {
      throw new Error(`${one.name} does not work unstopped: ${code}, ${one.state(folder)}, ${said}`);
    }
    return JSON.parse(readFileSync(join(temporary, "count"), "utf8")).count;
  });
}

async function tryPoint({ one, at, how }) {
  return await inFolder(one, async (folder, temporary) => {
    const stopped = await run(one, folder, temporary, { STOP_AT: at, STOP_HOW: how });
    const state = one.state(folder);
    if (state !== "old" && state !== "new") return state;
    if (how === "kill" || how === "tear") {
      if (stopped.signal !== "SIGKILL") return `was not stopped (${stopped.code}); ${stopped.said}`;
    } else if (signals.includes(how)) {
      const fault = faultOfSignal(stopped, how, folder);
      if (fault !== undefined) return fault;
    } else {
      const fault = faultOfFailure(
        stopped,
        state,
        folder,
        JSON.parse(readFileSync(join(temporary, "count"), "utf8")).failed,
      );
      if (fault !== undefined) return fault;
    }
    if (one.isOnce && state === "new") return undefined;
    const next = await run(one, folder, temporary, {});
    if (next.code !== 0 || one.state(folder) !== "new")
      return `the next run fails: ${next.code}, ${one.state(folder)}, ${next.said}`;
    const left = leftIn(folder);
    return left.length > 0 ? `still there after the next run: ${left}` : undefined;
  });
}

/** After a signal: ended by it, or as the command says it does, or it was done by then; nothing left lying about. */
function faultOfSignal({ code, signal, said }, how, folder) {
  const isTold = signal === how || (code === 130 && /interrupt/.test(said)) || code === 0;
  if (!isTold) return `ended by ${signal ?? code}: ${said}`;
  const left = leftIn(folder);
  return left.length > 0 ? `left behind: ${left}` : undefined;
}

/** After an operation that failed: done all the same, or told in one line; nothing left lying about. */
function faultOfFailure({ code, signal, said }, state, folder, failed) {
  if (signal) return `ended by ${signal}`;
  if (code === 0 && state !== "new") return "nothing was written, and it ends with 0";
  if (code !== 0 && !/^isoflop: .+$/m.test(said) && !/FAILED/.test(said))
    return `ends with ${code} without saying why: ${said}`;
  if (/^ +at .+:\d+:\d+/m.test(said)) return `shows a stack: ${said}`;
  // Where removing is what failed, the next run does it.
  if (/^(rm|rmdir|unlink)Sync$/.test(failed)) return undefined;
  const left = leftIn(folder);
  return left.length > 0 ? `left behind: ${left}` : undefined;
}

async function inFolder(one, work) {
  const base = mkdtempSync(join(tmpdir(), "isoflop-points-"));
  const [folder, temporary] = [join(base, "files"), join(base, "tmp")];
  mkdirSync(folder);
  mkdirSync(temporary);
  try {
    one.prepare?.(folder);
    return await work(folder, temporary);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function run(one, folder, temporary, how) {
  const variables = {
    STOP_BELOW: folder,
    STOP_COUNT: join(temporary, "count"),
    JUPYTER_DATA_DIR: folder,
    TMPDIR: temporary,
  };
  const child = spawn(process.execPath, ["--require", preload, ...one.args(folder)], {
    env: { ...process.env, ...variables, ...how },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
  return new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, said })));
}

const leftIn = (folder) => filesBelow(folder).filter((path) => /\.tmp$|isoflop~/.test(path));
const filesBelow = (folder) => readdirSync(folder, { recursive: true }).map(String);

function shuffled(items, seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const order = items.map((item) => [next(), item]);
  return order.sort(([a], [b]) => a - b).map(([, item]) => item);
}
