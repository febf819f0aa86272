import { AsyncLocalStorage } from "node:async_hooks";
import { pin } from "../globals/pin.ts";
import type { FromExecutor } from "../messages/executorMessages.ts";
import { interruptState } from "./interrupts.ts";
import { frameOf, writeFrame } from "./pipe.ts";

export interface CellContext {
  readonly cell: number;
  readonly allowStdin: boolean;
  isInterrupted?: boolean;
}

/** The cell that a piece of code belongs to, also in timers and after an await. */
export const currentCell = hideStore(pin(new AsyncLocalStorage<CellContext>()));
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
  let frame: Uint8Array;
  try {
    frame = frameOf({ type: "stream", cell, name, text: text.join("") });
  } catch (error) {
    pending = undefined; // too long for the pipe, now and later
    throw error;
  }
  // An interrupt before this leaves the text for the next time; none can come between the two.
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
  const frame = frameOf(message);
  flushStream();
  writeFrame(frame, isWanted);
}

interface Propagating {
  readonly enabled?: boolean;
  readonly kResourceStore?: symbol;
  _propagate?(resource: Record<symbol, unknown>, trigger: Record<symbol, unknown>, type?: string): void;
}

/**
 * Keeps the store out of sight on the timers and sockets that cells look at, where Node before 24 leaves it as an
 * ordinary property. (Promises hide theirs when they are shown: they are too many to pay for it when made.)
 */
function hideStore<T>(storage: AsyncLocalStorage<T>): AsyncLocalStorage<T> {
  const { kResourceStore: key, _propagate: inherited } = storage as unknown as Propagating;
  if (!key || !inherited) return storage;
  const { defineProperty } = Reflect;
  const propagate: Propagating["_propagate"] = function (this: Propagating, resource, trigger, type) {
    if (!this.enabled) return;
    const value = trigger[key];
    if (type === "PROMISE") resource[key] = value;
    else defineProperty(resource, key, { value, writable: true, configurable: true });
  };
  defineProperty(storage, "_propagate", { value: propagate });
  return storage;
}
