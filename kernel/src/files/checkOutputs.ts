import { fstatSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { FileWriteError } from "./FileWriteError.ts";
import { placeOf } from "./placeOf.ts";
import { shownPath } from "./shownPath.ts";

/** A file of a command, and what the command calls it, such as `--save`. */
export type NamedPath = readonly [name: string, path: string];

/**
 * Makes sure, before work is done for them, that what a command writes are files of their own: not one twice, none in
 * another, none that the command reads or prints to, by whatever spelling, symbolic or hard link.
 *
 * @param outputs files that are written, as a rule not there yet
 * @param inputs files that are read
 * @throws RangeError naming both; FileWriteError where there can be no file
 */
export function checkOutputs(outputs: readonly NamedPath[], inputs: readonly NamedPath[] = []): void {
  const read = new Map<string, NamedPath>();
  for (const input of inputs) for (const key of keysOfInput(input[1])) read.set(key, input);
  const printed = ([1, 2] as const).flatMap(keyOfStream);
  const written = new Map<string, NamedPath>();
  for (const output of outputs) {
    const [name, path] = output;
    const keys = keysOfOutput(path);
    for (const key of keys) {
      const input = read.get(key);
      if (input)
        throw new RangeError(
          `${name} ${shownPath(path)} would overwrite ${input[0]} ${shownPath(input[1])}, which is read; name another file`,
        );
      if (printed.includes(key))
        throw new RangeError(`${name} ${shownPath(path)} is the file that is printed to; name another file`);
      const other = written.get(key);
      if (other) throw new RangeError(`${both(other, output)} are one file; name another for one of them`);
    }
    for (const key of keys) written.set(key, output);
  }
  for (const [key, output] of written) {
    for (let folder = dirname(key); folder !== dirname(folder); folder = dirname(folder)) {
      const other = written.get(folder);
      if (other)
        throw new RangeError(`${both(other, output)}: one cannot be a file and the folder of the other`);
    }
  }
}

const both = ([name, path]: NamedPath, [other, otherPath]: NamedPath) =>
  `${name} ${shownPath(path)} and ${other} ${shownPath(otherPath)}`;

function keysOfOutput(path: string): string[] {
  try {
    return keysOf(path);
  } catch (error) {
    throw new FileWriteError(path, error);
  }
}

/** Why nothing can be read there is told by who reads. */
function keysOfInput(path: string): string[] {
  try {
    return keysOf(path);
  } catch {
    return [];
  }
}

/** What is equal for two paths only if they lead to one file: the path behind all links, and what is there now. */
function keysOf(path: string): string[] {
  const { path: target, kind, stats } = placeOf(path);
  if (kind === "nothing") return [folded(target)];
  // What goes to /dev/null and to a terminal twice does not overwrite anything.
  if (stats!.isCharacterDevice()) return [];
  return [folded(target), idOf(stats!)];
}

const idOf = ({ dev, ino }: Stats) => `${dev}:${ino}`;

/** Names that differ in case or in how accents are written are one file on these systems, as a rule. */
const folded = (path: string) =>
  ["darwin", "win32"].includes(process.platform) ? path.normalize("NFC").toLowerCase() : path;

function keyOfStream(descriptor: 1 | 2): string[] {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() ? [idOf(stats)] : [];
  } catch {
    return [];
  }
}
