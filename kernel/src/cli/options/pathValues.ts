import { InvalidArgumentError } from "commander";

/** A path as it is given; an empty one comes of a variable that is not set, and would mean the folder one is in. */
export function parsePath(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must be a path, and it is empty.");
  return text;
}

/** Paths, one more each time. */
export const parsePaths = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  parsePath(text),
];

const dash =
  "- would be standard output, and it is written to a path only; name one (./- if it is called that)";

/** The path of a file or folder to write, which `-` is not: elsewhere that is standard output. */
export function parseWrittenPath(text: string): string {
  if (parsePath(text) === "-") throw new InvalidArgumentError(`${dash}.`);
  return text;
}

/** The path of a file to write, or `-` for standard output. */
export const parseOutput = (text: string): string => (text === "-" ? text : parseFilePath(text));

/** The path of a file to write: `x/` would be written as a file x, which is not what it says. */
export function parseFilePath(text: string): string {
  const last = parseWrittenPath(text)
    .split(process.platform === "win32" ? /[\\/]/ : "/")
    .at(-1)!;
  if (["", ".", ".."].includes(last))
    throw new InvalidArgumentError("It must be the path of a file, and this is one of a folder.");
  return text;
}
