import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Answer } from "../messages/executorMessages.ts";
import { type InterruptState, interruptState } from "./interruptState.ts";
import { listen } from "./listen.ts";

/** A bell: the main thread looks at what there is for it when it is free to. */
export interface Note {
  number: number;
  /** A cell that is to end because it was interrupted. */
  cell?: number;
  /** What was terminated may have been the beginning of something of ours. */
  isAfterTermination?: boolean;
}

export interface WatchdogData {
  memory: Int32Array;
  notes: MessagePort;
  answers: MessagePort;
  /** JSON of the server's messages, as bytes. Never listened to: taken when a note came, so that none can be lost. */
  messages: MessagePort;
}

export interface Watchdog {
  readonly state: InterruptState;
  /** Answers to what a cell asked, as messages; a main thread that blocks can take them too. */
  readonly answers: MessagePort;
}

interface Listeners {
  /** An interrupt, when the main thread is free to hear of it. */
  interrupt(cell: number): void;
  answer(answer: Answer): void;
  /** The JSON of a message; nothing cuts that in two. */
  message(json: ArrayBuffer): void;
  /** Something of ours may have been broken off. */
  resume(): void;
}

/** Starts the watchdog thread. */
export function startWatchdog(on: Listeners): Watchdog {
  const state = interruptState;
  const notes = new MessageChannel();
  const answers = new MessageChannel();
  const messages = new MessageChannel();
  const data: WatchdogData = {
    memory: state.memory,
    notes: notes.port2,
    answers: answers.port2,
    messages: messages.port2,
  };
  const worker = new Worker(new URL("../watchdog/watchdog.js", import.meta.url), {
    workerData: data,
    transferList: [notes.port2, answers.port2, messages.port2],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.unref();
  listen(notes.port1, ({ number, cell, isAfterTermination }: Note) => {
    state.hear(number);
    // Before the interrupt, which may be one of a cell among them.
    state.uninterrupted(() => {
      for (
        let each = receiveMessageOnPort(messages.port1);
        each;
        each = receiveMessageOnPort(messages.port1)
      ) {
        on.message(each.message as ArrayBuffer);
      }
    });
    if (cell !== undefined) on.interrupt(cell);
    if (isAfterTermination || cell !== undefined) on.resume();
  });
  notes.port1.ref(); // the process lives as long as the watchdog lets it
  listen(answers.port1, on.answer);
  return { state, answers: answers.port1 };
}
