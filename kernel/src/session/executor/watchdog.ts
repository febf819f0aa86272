import inspector from "node:inspector";
import { Socket } from "node:net";
import { workerData } from "node:worker_threads";
import { descriptors } from "../messages/descriptors.ts";
import type { FromWatchdog, ToWatchdog } from "../messages/executorMessages.ts";
import { encodeFrame, FrameReader } from "../messages/frames.ts";
import type { WatchdogData } from "./startWatchdog.ts";

/**
 * Listens to the server on a thread of its own, so that it hears while user code computes: interrupts,
 * answers to prompt(), and the end of the server.
 */
const { interrupted, input, port } = workerData as WatchdogData;
const graceMs = 20;

async function interrupt({ id, cell }: Extract<ToWatchdog, { type: "interrupt" }>): Promise<void> {
  Atomics.store(interrupted, 0, id);
  Atomics.notify(input, 0); // a prompt() that waits looks at `interrupted`
  port.postMessage({ type: "interrupt", id, cell });
  const isHeard = () => Atomics.load(interrupted, 1) >= id;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(graceMs);
  for (let tries = 0; !isHeard() && tries < 200; tries++) {
    terminate();
    await wait(50);
  }
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

function terminate(): void {
  if (isDebugging) connect().post("Debugger.resume", () => {}); // a stopped cell would not notice
  connect().post("Runtime.terminateExecution");
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

const text = new TextEncoder();

function answer(value: string): void {
  const bytes = text.encode(value).subarray(0, input.byteLength - 8);
  new Uint8Array(input.buffer, 8).set(bytes);
  Atomics.store(input, 1, bytes.length);
  Atomics.store(input, 0, 1);
  Atomics.notify(input, 0);
  port.postMessage({ type: "input" });
}

const reader = new FrameReader<ToWatchdog>((message) => {
  if (message.type === "interrupt") void interrupt(message);
  else if (message.type === "inspect") inspect(message);
  else answer(message.value);
});
const socket = new Socket({ fd: descriptors.watchdog, readable: true, writable: true });
socket.on("data", (chunk) => reader.push(chunk));
// Without its server the executor has no purpose, whatever it computes.
socket.on("close", () => process.kill(process.pid, "SIGKILL"));
socket.on("error", () => process.kill(process.pid, "SIGKILL"));
