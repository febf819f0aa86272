import type { CheckMode } from "../language/magics/CheckMode.ts";
import { readConnection } from "../protocol/connection.ts";
import { heapLimit } from "./executor/heapLimit.ts";
import { Kernel } from "./kernel.ts";
import { installLastResort } from "./lastResort.ts";

export interface StartOptions {
  cwd?: string | undefined;
  /** Whether a connection file without a key will do: everybody who reaches the ports is obeyed then. */
  allowsEmptyKey?: boolean;
  /** What a type error does, until a cell says otherwise: by default its cell does not run. */
  check?: CheckMode | undefined;
}

/**
 * Starts a kernel for a connection file and keeps it until a client shuts it down, the parent process ends
 * or the process is told to end. Nothing is printed on stdout.
 */
export async function startKernel(
  connectionFile: string,
  { cwd = process.cwd(), allowsEmptyKey = false, check }: StartOptions = {},
): Promise<void> {
  heapLimit(); // a wrong one is told before Jupyter thinks that a kernel runs
  const connection = readConnection(connectionFile, { needsKey: !allowsEmptyKey });
  const kernel = new Kernel(connection, { cwd, check, onStop: () => process.exit() });
  process.on("SIGINT", () => kernel.interrupt());
  process.on("SIGTERM", () => void kernel.stop());
  endWithParent(() => void kernel.stop());
  const { heartbeat } = await kernel.start();
  installLastResort((fault) => kernel.report(fault));
  await heartbeat();
}

/**
 * Jupyter names itself in JPY_PARENT_PID: a kernel whose Jupyter died must not stay, also where it died while the
 * kernel was being loaded, which is init's child by now.
 */
function endWithParent(stop: () => void): void {
  const named = Number(process.env.JPY_PARENT_PID);
  if (!named) return;
  const parent = process.ppid;
  const isOrphan = parent === 1 && named !== 1;
  setInterval(() => {
    if (isOrphan || process.ppid !== parent) stop();
  }, 1000).unref();
}
