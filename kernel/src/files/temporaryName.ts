import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { join } from "node:path";

/** A name in a folder that nobody can guess, and so nobody has put a link there. */
export const temporaryName = (folder: string): string =>
  join(folder, `.isoflop-${randomBytes(9).toString("hex")}.tmp`);

/** How a file is opened that must not be there yet: never an existing one, never through a link. */
export const newFile =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
