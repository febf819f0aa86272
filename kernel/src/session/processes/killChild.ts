import type { ChildProcess } from "node:child_process";

/**
 * Sends a signal to a child process that was started. One that could not be, for want of descriptors, has no pid, and
 * Node takes that for 0: `child.kill()` would signal all processes of this one's group, itself among them.
 *
 * @returns whether the signal was sent
 */
export function killChild(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): boolean {
  return child.pid !== undefined && child.kill(signal);
}
