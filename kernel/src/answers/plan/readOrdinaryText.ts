import { closeSync, fstatSync, readFileSync } from "node:fs";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { openOrdinary } from "../../files/openOrdinary.ts";
import { shownPath } from "../../files/shownPath.ts";

/** A fit of a million runs is 60 MB of JSON; a text of more than 512 MB is none that JavaScript can hold. */
const mostBytes = 400e6;

/**
 * The text of a file that a plan is asked with.
 *
 * @throws Error naming the file when it cannot be read, is a folder, a pipe or a device
 */
export function readOrdinaryText(path: string): string {
  let file: number | undefined;
  try {
    file = openOrdinary(path);
    const { size } = fstatSync(file);
    if (size > mostBytes)
      throw new Error(
        `it has ${size} bytes, and a saved fit or a mixture at most ${mostBytes}; is it another file?`,
      );
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = describeReadFailure(cause as NodeJS.ErrnoException);
    throw new Error(`${shownPath(path)} cannot be read: ${why}`, { cause });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
