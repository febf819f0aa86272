import type { ChildProcess, spawn } from "node:child_process";
import { currentCell, writeStream } from "../channel.ts";
import type { RunningCell } from "../RunningCell.ts";

export interface Command {
  file: string;
  args: string[];
  /** What errors call it. */
  name: string;
}

const graceMs = 1000;
/** What a command wrote last may still be on its way; what it left running in the background is not waited for. */
const silentMs = 50;
const longestDrainMs = 2000;
const longest = 100_000;

class CommandError extends Error {
  override name = "CommandError";
}

/** Loaded with the first command. */
const load = () => require("node:child_process") as { spawn: typeof spawn };

/** Runs a program whose output is the cell's, as it comes; fails where it ends with another status than 0. */
export function runCommand({ file, args, name }: Command, cell: RunningCell | undefined): Promise<void> {
  const failure = new CommandError(); // here, where its stack leads to the cell
  const fail = (why: string): CommandError => {
    failure.message = `${shorten(name)}: ${why}`;
    return failure;
  };
  const length = args.join(" ").length;
  if (length > longest)
    throw fail(
      `has ${length} characters, more than the ${longest} that a command takes; write it to a file and run that`,
    );
  if (args.some((each) => each.includes("\0"))) throw fail("it holds a NUL character, which no command can");
  const child = load().spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32", // a group of its own, to be ended as one
    windowsHide: true,
  });
  const context = currentCell.getStore();
  let heard = performance.now();
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      heard = performance.now();
      if (context) currentCell.run(context, () => writeStream(stream, text));
      else writeStream(stream, text);
    });
  }
  cell?.onInterrupt.push(() => stop(child));
  return new Promise((resolve, reject) => {
    let isClosed = false;
    child.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "ENOENT"
          ? `it cannot be started: there is no ${file}, or no folder ${folder()}`
          : error.message;
      reject(fail(why));
    });
    child.once("close", () => {
      isClosed = true;
    });
    child.once("exit", (code, signal) => {
      const ended = performance.now();
      const settle = () => {
        const now = performance.now();
        const isDrained = now - heard >= silentMs && now - ended >= silentMs;
        if (!isClosed && !isDrained && now - ended < longestDrainMs) setTimeout(settle, 5);
        else if (signal) reject(fail(`it was ended by ${signal}`));
        else if (code !== 0) reject(fail(`it ended with code ${code}`));
        else resolve();
      };
      if (isClosed) settle();
      else setImmediate(settle);
    });
  });
}

/** Ctrl-C for the program and what it runs; what does not end by that is ended. */
function stop(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(process.platform === "win32" ? pid : -pid, signal);
    } catch {
      // all of it has ended
    }
  };
  signalGroup("SIGINT");
  setTimeout(() => signalGroup("SIGKILL"), graceMs).unref();
}

function folder(): string {
  try {
    return process.cwd();
  } catch {
    return "to run it in (it was removed)";
  }
}

function shorten(text: string): string {
  const [first = ""] = text.trim().split("\n");
  return first.length < text.trim().length || first.length > 100 ? `${first.slice(0, 100)}…` : first;
}
