import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { join } from "node:path";
import { ownerMark } from "./deadOwner.ts";
import { removeLeftOver } from "./removeLeftOver.ts";

const start = ".isoflop-";

/** A name in a folder that nobody can guess, and so nobody has put a link there. It says who made it. */
export const temporaryName = (folder: string): string =>
  join(folder, `${start}${ownerMark()}-${randomBytes(9).toString("hex")}.tmp`);

/** Removes the temporary files of processes that were killed. */
export const removeOldTemporaries = (folder: string): void =>
  removeLeftOver(folder, start, /^-[0-9a-f]{18}\.tmp$/, "file");

/** How a file is opened that must not be there yet: never an existing one, never through a link. */
export const newFile =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
