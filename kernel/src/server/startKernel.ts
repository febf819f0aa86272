import { readConnection } from "../protocol/connection.ts";
import { heapLimit } from "./executor/heapLimit.ts";
import { Kernel } from "./kernel.ts";

/**
 * Starts a kernel for a connection file and keeps it until a client shuts it down, the parent process ends
 * or the process is told to end. Nothing is printed on stdout.
 */
export async function startKernel(connectionFile: string, cwd = process.cwd()): Promise<void> {
  heapLimit(); // a wrong one is told before Jupyter thinks that a kernel runs
  const connection = readConnection(connectionFile);
  const kernel = new Kernel(connection, { cwd, onStop: () => process.exit() });
  process.on("SIGINT", () => kernel.interrupt());
  process.on("SIGTERM", () => void kernel.stop());
  endWithParent(() => void kernel.stop());
  await kernel.start(connection);
}

/** Jupyter names itself in JPY_PARENT_PID: a kernel whose Jupyter died must not stay. */
function endWithParent(stop: () => void): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1000).unref();
}
