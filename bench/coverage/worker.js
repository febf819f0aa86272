// A thread of the study: answers each chunk with its counts.
import { parentPort, workerData } from "node:worker_threads";
import { countSets } from "./count.js";

parentPort.on("message", async (one) => {
  parentPort.postMessage({ ...one, counts: await countSets(one, workerData) });
});
