import { closeSync, constants, fstatSync, openSync } from "node:fs";

/**
 * Opens a file for reading and makes sure that it is one: a pipe, a terminal or a device may never end, or never begin.
 *
 * @returns the file's descriptor
 * @throws Error of the file system, or one that says what is there instead
 */
export function openOrdinary(path: string): number {
  // Without waiting: opening a pipe that nobody writes to would block the program for good.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stats = fstatSync(file);
  if (stats.isFile()) return file;
  closeSync(file);
  if (stats.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  throw new Error("it is no ordinary file but a pipe or a device; copy what it gives to a file first");
}
