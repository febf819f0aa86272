import { readFileSync } from "node:fs";

/** Marks a temporary name with the process that made it: its number, and on Linux when it began. */
export const ownerMark = (): string => `${process.pid}-${beginOf(process.pid) ?? 0}`;

/** Whether the process of a mark has ended; a mark that is none has no owner that could have. */
export function isOwnerDead(mark: string): boolean {
  const [, pid, begin] = /^(\d+)-(\d+)$/.exec(mark) ?? [];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  // A number is given out again; two processes of one number do not begin at the same time.
  const now = beginOf(Number(pid));
  return now !== undefined && begin !== "0" && now !== begin;
}

/** When a process began, in ticks since the machine did; undefined where no /proc says. */
function beginOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
