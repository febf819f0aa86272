import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Answer } from "../messages/executorMessages.ts";
import type { InterruptState } from "./interruptState.ts";
import { listen } from "./listen.ts";
import type { Note, WatchdogPorts } from "./startWatchdog.ts";

interface Listeners {
  /** An interrupt, when the main thread is free to hear of it. */
  interrupt(cell: number): void;
  answer(answer: Answer): void;
  /** The JSON of a message; nothing cuts that in two. */
  message(json: ArrayBuffer): void;
  /** Something of ours may have been broken off. */
  resume(): void;
}

/** Has the main thread take what its watchdog tells. */
export function hearWatchdog(
  { notes, answers, messages }: WatchdogPorts,
  state: InterruptState,
  on: Listeners,
): void {
  listen(notes, ({ number, cell, isAfterTermination }: Note) => {
    state.hear(number);
    // Before the interrupt, which may be one of a cell among them.
    state.uninterrupted(() => {
      for (let each = next(messages); each; each = next(messages)) on.message(each.message as ArrayBuffer);
    });
    if (cell !== undefined) on.interrupt(cell);
    if (isAfterTermination || cell !== undefined) on.resume();
  });
  notes.ref(); // the process lives as long as the watchdog lets it
  listen(answers, on.answer);
}

const next = (port: MessagePort) => receiveMessageOnPort(port);
