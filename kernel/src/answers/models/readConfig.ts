import { closeSync, fstatSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeReadFailure } from "../../files/describeReadFailure.ts";
import { openOrdinary } from "../../files/openOrdinary.ts";
import { shownPath } from "../../files/shownPath.ts";
import { jsonFault } from "./jsonFault.ts";

/** The longest configurations list every layer and have some 100 kB; weights have gigabytes. */
const mostBytes = 16e6;

/**
 * A `config.json` parsed: of a file, of a folder that holds one, or of standard input (`-`).
 *
 * @returns what it holds, and what messages call it
 * @throws Error naming the file when it cannot be read, holds weights, or is not JSON (with line and column)
 */
export function readConfig(path: string): { config: unknown; name: string } {
  const file = path === "-" ? path : configIn(path);
  const name = path === "-" ? "standard input" : shownPath(file);
  const text = path === "-" ? readInput() : readFile(file, name);
  return { config: parse(text, name), name };
}

function configIn(path: string): string {
  try {
    return statSync(path).isDirectory() ? join(path, "config.json") : path;
  } catch {
    // The file's own reader says what is wrong with it.
    return path;
  }
}

function readInput(): string {
  const bytes = readFileSync(0);
  refuseWeights(bytes, "standard input");
  return bytes.toString("utf8");
}

function readFile(path: string, name: string): string {
  let file: number | undefined;
  try {
    file = openOrdinary(path);
    const head = Buffer.alloc(64);
    refuseWeights(head.subarray(0, readSync(file, head, 0, head.length, 0)), name);
    const { size } = fstatSync(file);
    if (size > mostBytes) {
      throw new RangeError(
        `${name} has ${size} bytes, and a config.json at most ${mostBytes}; give the configuration, not the weights`,
      );
    }
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new Error(`${name} cannot be read: ${describeReadFailure(cause as NodeJS.ErrnoException)}`, {
      cause,
    });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Weights begin with what no JSON begins with. */
function refuseWeights(head: Buffer, name: string): void {
  const begin = head.subarray(0, 64).toString("latin1");
  const kind = begin.startsWith("GGUF")
    ? "a GGUF file"
    : begin.startsWith("PK\x03\x04")
      ? "a file of PyTorch weights or another archive"
      : /^.{8}\{"/s.test(begin)
        ? "a file of safetensors"
        : undefined;
  if (kind === undefined) return;
  throw new RangeError(`${name} is ${kind}, of which nothing is read; give the model's config.json`);
}

function parse(text: string, name: string): unknown {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(plain);
  } catch (cause) {
    // Python writes numbers that JSON does not have, such as the limits of a time step; none fixes a count.
    const mended = withoutPythonNumbers(plain);
    if (mended !== plain) return parse(mended, name);
    throw new RangeError(`${name} is not JSON: ${placed(plain)}`, { cause });
  }
}

/** Infinity and NaN as null, where they stand outside texts. */
const withoutPythonNumbers = (text: string) =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (found) => (found[0] === '"' ? found : "null"));

/** What stands where JSON cannot go on, with line and column. */
function placed(text: string): string {
  if (text.trim() === "") return "it is empty";
  const at = jsonFault(text) ?? text.length;
  const before = text.slice(0, at).split("\n");
  const found = at < text.length ? `${JSON.stringify(text[at])} cannot stand` : "it ends";
  return `${found} in line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
