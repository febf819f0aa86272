import type { Failure } from "../session/executorMessages.ts";
import type { ExitReason } from "./executorProcess.ts";

/** Why the executor ended, in words for the cell that ran. */
export function describeExit(
  { code, signal }: ExitReason,
  lastWords: string,
  wasInterrupted: boolean,
): Failure {
  const lost = "the session's variables are lost; a fresh session is ready";
  let why: string;
  if (wasInterrupted) why = "the cell did not stop when interrupted, so its process was ended";
  else if (/heap out of memory|Allocation failed/.test(lastWords)) why = "the cell ran out of memory";
  else if (signal) why = `the session's process was ended by ${signal}`;
  else why = `the session's process exited with code ${code}`;
  const ename = wasInterrupted ? "KeyboardInterrupt" : "SessionEnded";
  const evalue = `${why}; ${lost}`;
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
