import { AsyncLocalStorage } from "node:async_hooks";
import { writeSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { descriptors } from "../messages/descriptors.ts";
import type { FromExecutor } from "../messages/executorMessages.ts";
import { encodeFrame } from "../messages/frames.ts";
import { interruptState } from "../watchdog/interruptState.ts";

export interface CellContext {
  readonly cell: number;
  readonly allowStdin: boolean;
  isInterrupted?: boolean;
}

/** The cell that a piece of code belongs to, also in timers and after an await. */
export const currentCell = new AsyncLocalStorage<CellContext>();
let latestCell = 0;

export function setLatestCell(cell: number): void {
  latestCell = cell;
}

export function cellNumber(): number {
  return currentCell.getStore()?.cell ?? latestCell;
}

type StreamName = "stdout" | "stderr";
const burst = 200;
const intervalMs = 20;
let pending: { cell: number; name: StreamName; text: string[]; length: number } | undefined;
let windowStart = 0;
let writesInWindow = 0;
let timer: NodeJS.Timeout | undefined;

/**
 * Prints. The first 200 writes of each 20 ms go out at once, so that a print before a long computation is
 * seen; a flood beyond that is merged.
 */
export function writeStream(name: StreamName, text: string): void {
  const cell = cellNumber();
  if (pending && (pending.cell !== cell || pending.name !== name)) flushStream();
  const now = performance.now();
  if (now - windowStart >= intervalMs) {
    windowStart = now;
    writesInWindow = 0;
  }
  pending ??= { cell, name, text: [], length: 0 };
  pending.text.push(text);
  pending.length += text.length;
  if (writesInWindow++ < burst || pending.length > 65_536) flushStream();
  else timer ??= setTimeout(flushStream, intervalMs).unref();
}

export function flushStream(): void {
  if (timer) clearTimeout(timer);
  timer = undefined;
  if (!pending) return;
  const { cell, name, text } = pending;
  const frame = encodeFrame({ type: "stream", cell, name, text: text.join("") });
  interruptState.uninterrupted(() => {
    pending = undefined;
    writeFrame(frame);
  });
}

/**
 * Sends to the server, synchronously, after everything printed so far. With `isWanted` it is asked at the last
 * moment, when no interrupt can come between any more, whether to send at all.
 */
export function send(message: FromExecutor, isWanted?: () => boolean): void {
  const frame = encodeFrame(message);
  flushStream();
  interruptState.uninterrupted(() => {
    if (isWanted?.() ?? true) writeFrame(frame);
  });
}

/** Whole or not at all: an interrupt in the middle of a frame would break the pipe for good. */
function writeFrame(frame: Buffer): void {
  for (let rest = frame; rest.length > 0; ) rest = rest.subarray(writeSync(descriptors.toServer, rest));
}
