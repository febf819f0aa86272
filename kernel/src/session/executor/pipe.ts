import { fstatSync, writeSync } from "node:fs";
import { descriptors } from "../messages/descriptors.ts";
import type { FromExecutor, ToExecutor } from "../messages/executorMessages.ts";
import { encodeFrame } from "../messages/frames.ts";
import { interruptState } from "./interrupts.ts";
import { mainRealm } from "./mainRealm.ts";

const { byteLength, exit, stringify, utf8Slice, utf8Write } = mainRealm;
const { apply } = Reflect;
const wait = new Int32Array(new SharedArrayBuffer(4));
const longestBytes = 2 ** 28;

/** How a frame begins: whatever `encodeFrame` puts before the JSON, which ends in the length as 4 bytes. */
const emptyFrame = encodeFrame(""); // JSON of two bytes
const head = new Uint8Array(emptyFrame.subarray(0, emptyFrame.length - 2));
const lengthAt = head.length - 4;

/** A frame as `encodeFrame` makes it, which stands on nothing that a cell could replace. */
export function frameOf(message: FromExecutor): Uint8Array {
  const json = stringify(message);
  const length = byteLength(json);
  if (length > longestBytes) {
    throw new RangeError(`an output of ${length} bytes is too long; the kernel takes ${longestBytes}`);
  }
  const frame = new Uint8Array(head.length + length);
  frame.set(head);
  new DataView(frame.buffer).setUint32(lengthAt, length, true);
  apply(utf8Write, frame, [json, head.length, length]);
  return frame;
}

/**
 * Writes a frame, synchronously, whole or not at all: an interrupt in its middle would break the pipe for good. Where
 * the pipe itself is broken, this process has lost its purpose. `isWanted` is asked at the last moment, when no
 * interrupt can come between any more.
 */
export function writeFrame(frame: Uint8Array, isWanted: () => boolean = () => true): void {
  interruptState.uninterrupted(() => {
    if (!isWanted()) return;
    for (let at = 0; at < frame.length; ) at += writeSome(frame, at);
  });
}

function writeSome(frame: Uint8Array, at: number): number {
  try {
    return writeSync(descriptors.toServer, frame, at, frame.length - at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") exit();
    Atomics.wait(wait, 0, 0, 1); // a cell has opened the pipe as a socket of its own, which made it non-blocking
    return 0;
  }
}

const inodes = Object.values(descriptors).map((fd) => [fd, inodeOf(fd)] as const);

/** As a bigint: `realpathSync` looks into the numbers that the last `stat` left, and takes our socket for its file. */
function inodeOf(fd: number): bigint {
  try {
    return fstatSync(fd, { bigint: true }).ino;
  } catch {
    return -1n;
  }
}

/** Ends the process when a cell has closed a descriptor by which it hears or speaks: no further cell would arrive. */
export function checkPipes(cell: number): void {
  for (let i = 0; i < inodes.length; i++) {
    const [fd, inode] = inodes[i] as (typeof inodes)[number];
    if (inodeOf(fd) === inode) continue;
    const text = `a cell has closed descriptor ${fd}, by which the kernel speaks with the session\n`;
    if (fd !== descriptors.toServer) writeFrame(frameOf({ type: "stream", cell, name: "stderr", text }));
    exit();
  }
}

/** The server's message from its JSON, read by nothing that a cell could replace. */
export function readMessage(json: ArrayBuffer): ToExecutor {
  const bytes = new Uint8Array(json);
  return JSON.parse(apply(utf8Slice, bytes, [0, bytes.length])) as ToExecutor;
}
