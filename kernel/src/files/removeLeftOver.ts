import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isOwnerDead } from "./deadOwner.ts";

/**
 * Removes what earlier processes of this user left in a folder when they were killed: entries called START, the mark of their
 * owner, a dash and anything.
 */
export function removeLeftOver(folder: string, start: string): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(start)) continue;
    const mark = /^\d+-\d+(?=-)/.exec(name.slice(start.length))?.[0];
    if (mark === undefined || !isOwnerDead(mark)) continue;
    const path = join(folder, name);
    try {
      if (lstatSync(path).uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process was quicker, or it is not ours to remove.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
