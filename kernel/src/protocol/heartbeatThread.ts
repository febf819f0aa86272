import { parentPort, workerData } from "node:worker_threads";
import { limits } from "./limits.ts";
import { Router } from "./zmtp/Router.ts";

// A ROUTER sends back what it hears, to REQ, DEALER and ROUTER alike.
const router = new Router(limits.heartbeats);
router.listen({ onMessage: (frames) => router.send(frames), onRefusal() {}, onLoss() {} });
router.bind(workerData as string).then(
  () => parentPort?.postMessage(undefined),
  ({ message, code }: NodeJS.ErrnoException) => parentPort?.postMessage({ message, code }),
);
