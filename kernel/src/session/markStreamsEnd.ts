import { writeSync } from "node:fs";
import { streamsEndMark } from "./streamsEndMark.ts";

/**
 * Tells the server that whatever child processes and native code wrote during a cell has passed: those write
 * to the real descriptors, past `process.stdout`.
 */
export function markStreamsEnd(cell: number): void {
  for (const descriptor of [1, 2]) {
    try {
      writeSync(descriptor, streamsEndMark(cell));
    } catch {
      // closed by user code: the server does not wait for a closed pipe
    }
  }
}
