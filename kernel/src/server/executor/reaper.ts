import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { kernelMark, markDescriptor, markedFile, markName } from "../../session/processes/sessionMark.ts";

// A shell takes 1 MB where another Node takes 40. It waits until the kernel lets go of the pipe, by ending in any way,
// and ends what bears the kernel's mark then. In the background of another shell it is no child of the kernel's, and
// outlives whoever ends the kernel with all its children.
const script = `(
  read -r _ <&3
  for round in 1 2 3 4 5 6 7 8 9 10; do
    pids=$({
      grep -lF "${markName}=$1" /proc/[0-9]*/environ
      ls -l /proc/[0-9]*/fd/${markDescriptor} | grep -F "${markedFile("$1")}"
    } 2> /dev/null | sed -n 's#.*/proc/\\([0-9]*\\)/.*#\\1#p')
    [ -z "$pids" ] && exit
    kill -9 $pids
    sleep 0.1
  done
) &`;

let isStarted = false;

/**
 * Has what cells started ended with this process, also when kernel and executor are killed at the same moment. The
 * executor's watchdog does it by itself when only the kernel is. Needs /proc, that is Linux.
 */
export function startReaper(): void {
  if (isStarted || process.platform !== "linux") return;
  isStarted = true;
  const stdio = ["ignore", "ignore", "ignore", "pipe"] as const;
  const child = spawn("/bin/sh", ["-c", script, "isoflop-reaper", kernelMark], {
    cwd: "/",
    stdio: [...stdio],
    detached: true,
  });
  child.on("error", () => {}); // a system without a shell: the watchdog remains
  child.unref();
  const pipe = (child.stdio as readonly unknown[] | undefined)?.[3] as Socket | null | undefined;
  if (!pipe) isStarted = false; // no pipes left: the next session tries again
  pipe?.on("error", () => {});
  pipe?.unref();
}
