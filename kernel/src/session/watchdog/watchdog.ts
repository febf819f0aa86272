import inspector from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { descriptors } from "../messages/descriptors.ts";
import type { Answer, FromWatchdog, ToWatchdog } from "../messages/executorMessages.ts";
import { encodeFrame, FrameReader, FrameSplitter } from "../messages/frames.ts";
import { endProcesses } from "../processes/endProcesses.ts";
import { kernelOf, markName } from "../processes/sessionMark.ts";
import { InterruptState } from "./interruptState.ts";
import { ownDescriptors } from "./ownDescriptors.ts";
import type { Note, WatchdogPorts } from "./startWatchdog.ts";

/**
 * Listens to the server on a thread of its own, so that it hears while user code computes: interrupts,
 * answers to prompt(), and the end of the server. It takes in what the main thread is to do as well: a thread that is
 * terminated when it begins to read loses what it was handed, and with it a cell.
 */
const { memory, notes, answers, messages } = workerData as WatchdogPorts;
const state = new InterruptState(memory);
/** How long the main thread has to hear of an interrupt by itself, to take in the cell it is for, and to load modules. */
const graceMs = 20;
const receiveMs = 300;
const loadingMs = 1500;
/** mathjs, with a thousand modules, takes 1 to 1.5 s in one go. */
const loadingWholeMs = 4000;
const settleMs = 5000;
/** On a machine that has no time for it the main thread is silent, too: so much it must have computed, or waited long. */
const busyMs = 50;
const deafMs = 500;
let isIntact = () => true;
let isListening = false;
let pursued = 0;
let noted = 0;
let isTerminating = false;
const cpuMs = () => process.cpuUsage().user / 1000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function note(more: Omit<Note, "number"> = {}): number {
  const number = ++noted;
  notes.postMessage({ number, ...more } satisfies Note);
  return number;
}

/** A module whose evaluation is broken off stays half for good. */
function patience(): number {
  return state.isLoadingWhole ? loadingWholeMs : state.isLoading ? loadingMs : 0;
}

/** Ends a cell: asks the main thread, and where that does not listen terminates what it runs until it does. */
async function interrupt(cell: number): Promise<void> {
  state.interrupt(cell);
  note({ cell });
  if (cell <= pursued) return;
  pursued = cell;
  let isTold = false;
  const began = performance.now();
  const isToWait = () => performance.now() - began < patience();
  for (await wait(graceMs); !state.hasEnded(cell); await wait(graceMs)) {
    const waited = performance.now() - began;
    if (!state.hasReceived(cell) && waited < receiveMs) continue;
    if (state.isLoadingWhole && !isTold) tell({ type: "loading", cell });
    isTold ||= state.isLoadingWhole;
    if (isToWait()) continue;
    if (await terminateUnless(() => state.hasEnded(cell) || isToWait())) note({ cell });
  }
  await settle(cell);
}

/**
 * What an interrupted cell leaves behind may hold the main thread again at once: `process.nextTick` goes on with what
 * was queued. It is terminated too, until the main thread has been free twice or has taken the next cell in.
 */
async function settle(cell: number): Promise<void> {
  const isOver = () => state.hasReceived(cell + 1);
  const began = performance.now();
  const isToWait = () => performance.now() - began < patience();
  for (let free = 0; free < 2 && !isOver() && performance.now() - began < settleMs; ) {
    const number = note();
    const before = cpuMs();
    for (let at = 0; !state.hasHeard(number) && (at < 3 || (at < 25 && cpuMs() - before < busyMs)); at++) {
      if (isOver() || performance.now() - began > settleMs) return;
      await wait(graceMs);
    }
    if (state.hasHeard(number)) free++;
    else if (!isToWait()) {
      free = 0;
      await terminateUnless(() => isOver() || isToWait());
    }
  }
}

/** Terminates what the main thread runs unless it is over; whether it was given the chance to. */
async function terminateUnless(isOver: () => boolean): Promise<boolean> {
  if (isTerminating || !state.beginTermination()) return false;
  isTerminating = true;
  // It may have come to its end until now, or have begun to load; from here on it cannot.
  const isWanted = !isOver();
  if (isWanted) await terminate();
  state.endTermination(isWanted);
  isTerminating = false;
  note({ isAfterTermination: true });
  return true;
}

let session: inspector.Session | undefined;
let isDebugging = false;
/** URL by script, because the frames of a stop come without. */
const scripts = new Map<string, string>();

function connect(): inspector.Session {
  if (!session) {
    session = new inspector.Session();
    session.connectToMainThread();
    session.on("Debugger.scriptParsed", ({ params }) => void scripts.set(params.scriptId, params.url));
    session.on("Debugger.resumed", () => tell({ type: "event", method: "Debugger.resumed", params: {} }));
    session.on("Debugger.paused", ({ params }) => {
      for (const frame of params.callFrames) frame.url ||= scripts.get(frame.location.scriptId) ?? "";
      tell({ type: "event", method: "Debugger.paused", params: { ...params } });
    });
  }
  return session;
}

/** Resolves when nothing of what ran is on the stack any more. */
function terminate(): Promise<void> {
  if (isDebugging) {
    // A stopped cell would not notice, and one that goes on stops again at the next breakpoint.
    connect().post("Debugger.setSkipAllPauses", { skip: true }, () => {});
    connect().post("Debugger.resume", { terminateOnResume: true }, () => {});
  }
  return new Promise((resolve) =>
    connect().post("Runtime.terminateExecution", () => {
      if (isDebugging) connect().post("Debugger.setSkipAllPauses", { skip: false }, () => {});
      resolve();
    }),
  );
}

function inspect({ id, method, params }: Extract<ToWatchdog, { type: "inspect" }>): void {
  if (method === "Debugger.enable") isDebugging = true;
  if (method === "Debugger.disable") isDebugging = false;
  connect().post(method as never, params, (error: Error | null, result: unknown) =>
    tell({ type: "reply", id, ...(error ? { error: error.message } : { result }) }),
  );
}

function tell(message: FromWatchdog): void {
  socket.write(encodeFrame(message));
}

function answer({ question, value, error }: Answer): void {
  answers.postMessage({ question, value, error });
  state.signal();
}

/** A main thread that computes hears late; one whose descriptors a cell has closed and opened again never does. */
async function seeThatItIsHeard(): Promise<void> {
  if (isListening) return;
  isListening = true;
  for (await wait(deafMs); !state.hasHeard(noted); await wait(deafMs)) if (!isIntact()) endSelf();
  isListening = false;
}

const splitter = new FrameSplitter((json) => {
  const { buffer, byteOffset, length } = json;
  const own = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + length);
  messages.postMessage(own, [own]);
  note();
  void seeThatItIsHeard();
});

const reader = new FrameReader<ToWatchdog>((message) => {
  if (message.type === "interrupt") void interrupt(message.cell);
  else if (message.type === "inspect") inspect(message);
  else answer(message);
});
const socket = new Socket({ fd: descriptors.watchdog, readable: true, writable: true });

/** From when the main thread can be told of it. Its descriptors are all there by then, and those of its modules gone. */
function begin(): void {
  isIntact = ownDescriptors();
  const source = new Socket({ fd: descriptors.fromServer, readable: true, writable: false });
  source.on("data", (chunk) => splitter.push(chunk));
  source.on("error", () => {}); // its end is that of the other one
  socket.on("data", (chunk) => reader.push(chunk));
  // Without its server the executor has no purpose, whatever it computes, nor has anything that the kernel started.
  socket.on("close", endAll);
  socket.on("error", endAll);
}

parentPort?.once("message", begin);

function endAll(): void {
  const mark = process.env[markName];
  if (mark) endProcesses({ mark: kernelOf(mark), root: process.pid, spare: process.pid });
  endSelf();
}

function endSelf(): void {
  process.kill(process.pid, "SIGKILL");
}
