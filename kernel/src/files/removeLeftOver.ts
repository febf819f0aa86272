import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isOwnerDead, markPattern } from "./deadOwner.ts";

/** What lies untouched for so long belongs to nobody who still writes it, wherever that was. */
const abandonedAfter = 7 * 24 * 3600 * 1000;

/**
 * Removes what earlier processes of this user left in a folder when they were killed: entries called START, the mark of their
 * owner, a dash and anything. What a process elsewhere made, which may still be at work, goes after a week.
 *
 * @param rest what stands after the mark
 * @param kind what is removed: links are neither, and nothing is looked for behind them
 */
export function removeLeftOver(
  folder: string,
  start: string,
  rest = /^-/,
  kind: "file" | "folder" = "folder",
): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(start)) continue;
    const mark = markPattern.exec(name.slice(start.length))?.[0];
    if (mark === undefined || !rest.test(name.slice(start.length + mark.length))) continue;
    const isDead = isOwnerDead(mark);
    if (isDead === false) continue;
    const path = join(folder, name);
    try {
      const stats = lstatSync(path);
      if (kind === "file" ? !stats.isFile() : !stats.isDirectory()) continue;
      // Root leaves files of others too: one that is replaced keeps its owner.
      const isOurs = process.getuid === undefined || [stats.uid, 0].includes(process.getuid());
      if (!isOurs || (isDead === "unknown" && !(Date.now() - stats.mtimeMs > abandonedAfter))) continue;
      rmSync(path, { recursive: true, force: true });
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
