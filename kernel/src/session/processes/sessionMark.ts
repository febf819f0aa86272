import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The environment variable that every process of a session inherits, however it is detached. */
export const markName = "ISOFLOP_SESSION";

/**
 * A descriptor that they inherit as well, also with an emptied environment: an open file that has no name any more.
 * So high that Node, which closes what it was started with to its own children, does not get there.
 */
export const markDescriptor = 90;

/** What all marks of this process begin with. */
export const kernelMark = `${randomUUID()}.`;
let sessions = 0;

/** A mark for the processes of one session. */
export function newMark(): string {
  return `${kernelMark}${++sessions}.`;
}

/** The kernel's part of a mark. */
export function kernelOf(mark: string): string {
  return mark.replace(/[^.]*\.$/, "");
}

/** What a file's name holds that bears the mark. */
export function markedFile(mark: string): string {
  return `isoflop-session-${mark}`;
}

/** Calls back with a descriptor of a file whose name is the mark; without one where no file can be written. */
export function withMarkedFile<T>(mark: string, use: (descriptor: number | undefined) => T): T {
  let descriptor: number | undefined;
  try {
    const path = join(tmpdir(), markedFile(mark));
    descriptor = openSync(path, "wx", 0o600);
    unlinkSync(path);
  } catch {
    // the environment marks them still
  }
  try {
    return use(descriptor);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
