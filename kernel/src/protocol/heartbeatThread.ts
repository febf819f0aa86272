import { parentPort, workerData } from "node:worker_threads";
import { Router } from "zeromq";
import { forEachMessage } from "./forEachMessage.ts";
import type { HeartbeatData } from "./heartbeat.ts";
import { limits } from "./limits.ts";

// The thread of the heartbeat: whatever comes goes back, as long as the process lives. A ROUTER, because a REP socket
// discards what a DEALER sends, and one of Node's fails over it.
const { at } = workerData as HeartbeatData;
const waiting = 100;
const socket = new Router({
  linger: 0,
  maxMessageSize: limits.heartbeatBytes,
  receiveHighWaterMark: waiting,
  sendHighWaterMark: waiting,
});

// Before the process ends the socket must be closed, or ZeroMQ aborts it.
parentPort?.once("message", () => {
  socket.close();
  parentPort?.close();
});

try {
  await socket.bind(at);
  parentPort?.postMessage({});
  void forEachMessage(
    socket,
    (frames) => socket.send(frames),
    () => {}, // whoever asked is gone
  );
} catch (error) {
  socket.close();
  parentPort?.postMessage({ error: (error as Error).message });
  parentPort?.close();
}
