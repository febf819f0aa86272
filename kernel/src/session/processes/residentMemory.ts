import { readFileSync } from "node:fs";

const pageSize = 4_096;

/** The bytes of memory a process holds; undefined where the system does not tell (it does on Linux). */
export function residentMemory(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * pageSize;
  } catch {
    return undefined;
  }
}
