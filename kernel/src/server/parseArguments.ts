import { parseArgs } from "node:util";
import { type CheckMode, isCheckMode } from "../language/magics/CheckMode.ts";
import { allowEmptyKey } from "../protocol/connection.ts";

const usage = `usage: node main.js CONNECTION_FILE [--cwd FOLDER] [--check MODE] [${allowEmptyKey}]
  CONNECTION_FILE    the ports and the key, as Jupyter writes them
  --cwd FOLDER       where cells start (default: the folder the kernel was started in)
  --check MODE       what a type error does: on (its cell does not run, the default), warn (it is printed), off
  ${allowEmptyKey}  start although the file has no key: everybody who reaches the ports can run code here`;

export interface KernelArguments {
  file: string;
  cwd?: string | undefined;
  check?: CheckMode | undefined;
  allowsEmptyKey: boolean;
  /** What is neither an option nor the file. */
  ignored: readonly string[];
}

const flag = allowEmptyKey.slice(2) as "allow-empty-key";
const options = {
  cwd: { type: "string" },
  check: { type: "string" },
  help: { type: "boolean" },
  [flag]: { type: "boolean" },
} as const;

/**
 * Reads the command line of the kernel; else what to say before it ends. What it does not know is passed over: `jupyter run`
 * and `jupyter console` hand their own arguments on to the kernel.
 */
export function parseArguments(args: string[]): KernelArguments | { say: string; isFault: boolean } {
  const { tokens } = parseArgs({ args, strict: false, allowPositionals: true, tokens: true, options });
  const values: { cwd?: string; check?: string; help?: boolean; [flag]?: boolean } = {};
  const ignored = new Set<number>();
  let file: string | undefined;
  for (const token of tokens) {
    if (token.kind === "positional" && file === undefined) file = token.value;
    else if (token.kind !== "option" || !Object.hasOwn(options, token.name)) ignored.add(token.index);
    else if (token.name === "cwd" || token.name === "check") {
      if (!token.value) return { say: `${token.rawName} lacks its value\n${usage}`, isFault: true };
      values[token.name] = token.value;
    } else if (token.value !== undefined) {
      const given = `${token.rawName} takes no value, got ${shown(token.value)}`;
      return { say: `${given}\n${usage}`, isFault: true };
    } else values[token.name as "help" | typeof flag] = true;
  }
  const { cwd, check, help, [flag]: allowsEmptyKey = false } = values;
  if (help) return { say: usage, isFault: false };
  if (!file) return { say: usage, isFault: true };
  if (check !== undefined && !isCheckMode(check))
    return { say: `--check is on, warn or off, got ${shown(check)}\n${usage}`, isFault: true };
  return { file, cwd, check, allowsEmptyKey, ignored: [...ignored].map((index) => args[index]!) };
}

/** One line on arguments that were passed over. */
export function describeIgnored(ignored: readonly string[]): string {
  const named = ignored.slice(0, mostNamed).map(shown).join(" ");
  const more = ignored.length > mostNamed ? ` and ${ignored.length - mostNamed} more` : "";
  return `isoflop kernel: ignored what it does not know of its command line: ${named}${more}`;
}

const mostNamed = 8;
const shown = (argument: string) => JSON.stringify(argument.slice(0, 80));
