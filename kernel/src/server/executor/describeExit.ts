import type { Failure } from "../../session/messages/executorMessages.ts";
import type { ExitReason } from "./executorProcess.ts";
import { heapLimit, heapVariable } from "./heapLimit.ts";

const memory = /heap out of memory|Allocation failed|Last few GCs/;

/** Stands for the last words of an executor that was ended because it would not stop. */
export const unstoppable = "would not stop";

/** Whether what a process wrote last is Node's own report of a crash, many lines of native stack. */
export function isFatalReport(lastWords: string): boolean {
  return /<--- Last few GCs --->|FATAL ERROR: |-+ Native stack trace -+/.test(lastWords);
}

function heapAdvice(): string {
  const { megabytes } = heapLimit();
  return `the heap of a session may hold ${megabytes} MB; start the kernel with ${heapVariable}=${2 * megabytes} in its environment, or in "env" of its kernel.json, for more`;
}

/** Why the executor ended, in words for the cell that ran, and whether another one has been started. */
export function describeExit(
  { code, signal, fault }: ExitReason,
  lastWords: string,
  wasReady: boolean,
  isFollowed: boolean,
): Failure {
  let why: string;
  if (fault) why = fault;
  else if (lastWords === unstoppable)
    why = "the cell did not stop within 2 s of its interrupt, so its process was ended";
  else if (memory.test(lastWords)) why = `the cell ran out of memory (${heapAdvice()})`;
  else if (signal === "SIGKILL")
    why =
      "the session's process was killed (SIGKILL): by a system without free memory, or because a cell has closed the descriptors by which the kernel speaks with it";
  else if (signal) why = `the session's process was ended by ${signal}`;
  else if (code === null)
    why = "the session's process could not be started; does the notebook's folder still exist?";
  else why = `the session's process exited with code ${code}`;
  const evalue = wasReady
    ? `${why}; the session's variables are lost; ${isFollowed ? "a fresh session is ready" : "the next cell starts a fresh session"}`
    : `${why} before it was ready; the next cell tries again`;
  const detail = wasReady || !lastWords ? [] : lastWords.trimEnd().split("\n").slice(-20);
  return { ename: "SessionEnded", evalue, traceback: [`SessionEnded: ${evalue}`, ...detail] };
}
