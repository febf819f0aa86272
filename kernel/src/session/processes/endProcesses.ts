import { type FoundProcess, listProcesses } from "./listProcesses.ts";

const rounds = 100;
const pauseMs = 2;
const pause = new Int32Array(new SharedArrayBuffer(4));

interface Which {
  /** The session's mark, or the beginning of those of a whole kernel. */
  mark: string;
  /** The process all others descend from, which may have ended. */
  root?: number | undefined;
  /** To be left alone: who asks, as a rule. */
  spare?: number;
}

/**
 * Ends the processes of a session, at once and until none is left: those that bear its mark, what descends from them,
 * and what belongs to their process groups and terminal sessions.
 */
export function endProcesses(which: Which): void {
  for (let round = 0; round < rounds; round++) {
    const found = whatIsLeft(which);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
    Atomics.wait(pause, 0, 0, pauseMs);
  }
}

function whatIsLeft(which: Which): number[] {
  try {
    return ofSession(listProcesses(which.mark), which);
  } catch {
    // Too many open files to look around; the group can be ended unseen, and the rest is looked for when the kernel ends.
    if (which.root !== undefined && which.root !== which.spare) kill(-which.root);
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended meanwhile
  }
}

/** Which of the processes belong to the session. */
export function ofSession(processes: readonly FoundProcess[], { root, spare }: Which): number[] {
  const self = processes.find(({ pid }) => pid === process.pid);
  // Groups and sessions that others live in, too: the shell's that started the kernel, and Jupyter's.
  const shared = new Set([0, 1, ...(spare === root ? [] : [self?.group, self?.session])]);
  const pids = new Set<number>(root === undefined ? [] : [root]);
  const groups = new Set<number>(pids);
  for (let size = -1; size !== pids.size; ) {
    size = pids.size;
    for (const { pid, parent, group, session, isMarked } of processes) {
      if (pids.has(pid) || pid === spare) continue;
      if (!isMarked && !pids.has(parent) && !groups.has(group) && !groups.has(session)) continue;
      pids.add(pid);
      if (!shared.has(group)) groups.add(group);
      if (!shared.has(session)) groups.add(session);
    }
  }
  return processes.map(({ pid }) => pid).filter((pid) => pids.has(pid) && pid !== spare);
}
