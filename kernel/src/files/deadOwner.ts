import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";

let own: string | undefined;

/**
 * Marks a temporary name with the process that made it: where it runs, its number there, and on Linux when it began, such
 * as `0123456789ab-4711-8150`.
 */
export function ownerMark(): string {
  own ??= `${processHome()}-${process.pid}-${statusOf(process.pid)?.begin ?? 0}`;
  return own;
}

/** How marks are written, with one group for each part. */
export const markPattern = /^([0-9a-f]{12})-(\d+)-(\d+)/;

/**
 * Whether the process of a mark has ended; `unknown` where it ran elsewhere, on another machine that shares the folder, in
 * another container or before this machine was started: nobody here can tell.
 */
export function isOwnerDead(mark: string): boolean | "unknown" {
  const [, home, pid, begin] = markPattern.exec(mark) ?? [];
  if (pid === undefined) return false;
  if (home !== processHome()) return "unknown";
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH") return true;
    if (code !== "EPERM") return false;
  }
  const now = statusOf(Number(pid));
  if (!now) return false;
  // A number is given out again; two processes of one number do not begin at the same time.
  return now.isOver || (begin !== "0" && now.begin !== begin);
}

/** When a process began, in ticks since the machine did, and whether only its entry is left; undefined where no /proc says. */
function statusOf(pid: number): { begin: string | undefined; isOver: boolean } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (stat === undefined) return undefined;
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { begin: fields[19], isOver: /^[ZX]/.test(fields[0] ?? "") };
}

let home: string | undefined;

/** What is the same for processes that see each other by number, and for no others. */
function processHome(): string {
  home ??= createHash("sha256").update(JSON.stringify(describeHome())).digest("hex").slice(0, 12);
  return home;
}

function describeHome(): readonly (string | undefined)[] {
  // Containers of one machine count their processes each from 1, and share when it was started.
  const started = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  const numbers = attempt(() => readlinkSync("/proc/self/ns/pid"));
  return started && numbers ? [started, numbers] : [hostname(), ...addresses()];
}

const addresses = () =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .flatMap(({ mac, internal }) => (internal ? [] : [mac]))
    .sort();

function attempt(look: () => string): string | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
