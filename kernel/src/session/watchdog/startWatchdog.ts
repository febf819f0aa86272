import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { InterruptState } from "./interruptState.ts";

/** A bell: the main thread looks at what there is for it when it is free to. */
export interface Note {
  number: number;
  /** A cell that is to end because it was interrupted. */
  cell?: number;
  /** What was terminated may have been the beginning of something of ours. */
  isAfterTermination?: boolean;
}

/** What the two threads share: the same names at either end. */
export interface WatchdogPorts {
  memory: Int32Array;
  notes: MessagePort;
  /** Answers to what a cell asked, as messages; a main thread that blocks can take them too. */
  answers: MessagePort;
  /** JSON of the server's messages, as bytes. Never listened to: taken when a note came, so that none can be lost. */
  messages: MessagePort;
}

/** The main thread's end of it. */
export interface Watchdog extends WatchdogPorts {
  /** Has the thread hear the server from now on. */
  begin(): void;
}

/** Starts the watchdog's thread, which takes as long for that as this one does to load the rest of the executor. */
export function startWatchdog(): Watchdog {
  const { memory } = new InterruptState();
  const notes = new MessageChannel();
  const answers = new MessageChannel();
  const messages = new MessageChannel();
  const worker = new Worker(new URL("../../threads/watchdog.cjs", import.meta.url), {
    workerData: {
      memory,
      notes: notes.port2,
      answers: answers.port2,
      messages: messages.port2,
    } satisfies WatchdogPorts,
    transferList: [notes.port2, answers.port2, messages.port2],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.unref();
  return {
    memory,
    notes: notes.port1,
    answers: answers.port1,
    messages: messages.port1,
    begin: () => worker.postMessage("begin"),
  };
}
