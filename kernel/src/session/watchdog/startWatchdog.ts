import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Answer } from "../messages/executorMessages.ts";
import { type InterruptState, interruptState } from "./interruptState.ts";
import { listen } from "./listen.ts";

/** What the main thread hears when it is free to. */
export interface Note {
  number: number;
  /** A cell that is to end because it was interrupted; none where the watchdog only wants to know. */
  cell?: number;
}

export interface WatchdogData {
  memory: Int32Array;
  /** Carries notes. */
  interrupts: MessagePort;
  answers: MessagePort;
}

export interface Watchdog {
  readonly state: InterruptState;
  /** Answers to what a cell asked, as messages; a main thread that blocks can take them too. */
  readonly answers: MessagePort;
}

/** Starts the watchdog thread; `onInterrupt` hears of an interrupt when the main thread is free to. */
export function startWatchdog(
  onInterrupt: (cell: number) => void,
  onAnswer: (answer: Answer) => void,
): Watchdog {
  const state = interruptState;
  const interrupts = new MessageChannel();
  const answers = new MessageChannel();
  const data: WatchdogData = {
    memory: state.memory,
    interrupts: interrupts.port2,
    answers: answers.port2,
  };
  const worker = new Worker(new URL("../watchdog/watchdog.js", import.meta.url), {
    workerData: data,
    transferList: [interrupts.port2, answers.port2],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.unref();
  listen(interrupts.port1, ({ number, cell }: Note) => {
    state.hear(number);
    if (cell !== undefined) onInterrupt(cell);
  });
  listen(answers.port1, onAnswer);
  return { state, answers: answers.port1 };
}
