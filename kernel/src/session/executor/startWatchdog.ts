import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";

export interface WatchdogData {
  /** [id of the latest interrupt, id of the latest one the main thread has seen] */
  interrupted: Int32Array;
  /** [1 when an answer is there, its bytes, the answer as UTF-8 …] */
  input: Int32Array;
  port: MessagePort;
}

export interface Watchdog {
  readonly interrupted: Int32Array;
  readonly input: Int32Array;
}

/** What the watchdog posts to the main thread, which hears it when it is free to. */
type Note = { type: "interrupt"; id: number; cell: number } | { type: "input" };

/** Starts the watchdog thread. */
export function startWatchdog(on: { interrupt(cell: number): void; input(): void }): Watchdog {
  const interrupted = new Int32Array(new SharedArrayBuffer(8));
  const input = new Int32Array(new SharedArrayBuffer(8 + 65_536));
  const { port1, port2 } = new MessageChannel();
  const data: WatchdogData = { interrupted, input, port: port2 };
  const worker = new Worker(new URL("./watchdog.js", import.meta.url), {
    workerData: data,
    transferList: [port2],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  worker.unref();
  port1.on("message", (note: Note) => {
    if (note.type === "input") return on.input();
    Atomics.store(interrupted, 1, note.id);
    on.interrupt(note.cell);
  });
  port1.unref();
  return { interrupted, input };
}
