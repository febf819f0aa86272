import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { markDescriptor, markedFile, markName } from "./sessionMark.ts";

/** A process that has not ended. */
export interface FoundProcess {
  pid: number;
  parent: number;
  group: number;
  /** Its session in the sense of setsid; 0 where the system does not tell. */
  session: number;
  isMarked: boolean;
}

/** All processes of this machine that can be seen, and which of them bear a mark or one that begins so; throws where too many files are open to look. */
export function listProcesses(mark: string): FoundProcess[] {
  return process.platform === "linux" ? fromProc(mark) : fromPs(mark);
}

function fromProc(mark: string): FoundProcess[] {
  const found: FoundProcess[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      // The name of the program comes second, in parentheses, and may hold anything.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const [parent, group, session] = fields.slice(1, 4).map(Number) as [number, number, number];
      if (fields[0] === "Z" || fields[0] === "X") continue;
      found.push({ pid: Number(name), parent, group, session, isMarked: isMarked(name, mark) });
    } catch {
      // it has ended meanwhile
    }
  }
  return found;
}

function isMarked(pid: string, mark: string): boolean {
  try {
    if (readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${markName}=${mark}`)) return true;
    return readlinkSync(`/proc/${pid}/fd/${markDescriptor}`).includes(markedFile(mark));
  } catch {
    return false; // another user's, or it holds no such descriptor
  }
}

/** macOS and the BSDs: `-E` shows the environment behind the command. */
function fromPs(mark: string): FoundProcess[] {
  if (process.platform === "win32") return [];
  const run = (flags: string[]) =>
    execFileSync("ps", ["-A", "-ww", ...flags, "-o", "pid=,ppid=,pgid=,stat=,command="], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
  let lines: string[];
  try {
    lines = run(process.platform === "darwin" ? ["-E"] : ["-e"]).split("\n");
  } catch {
    return [];
  }
  const found: FoundProcess[] = [];
  for (const line of lines) {
    const [pid, parent, group, state, ...command] = line.trim().split(/\s+/);
    if (!pid || state?.startsWith("Z")) continue;
    const isMarked = command.join(" ").includes(`${markName}=${mark}`);
    found.push({ pid: Number(pid), parent: Number(parent), group: Number(group), session: 0, isMarked });
  }
  return found;
}
