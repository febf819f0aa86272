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
}

/** Reads the command line of the kernel; else what to say before it ends. */
export function parseArguments(args: string[]): KernelArguments | { say: string; isFault: boolean } {
  const flag = allowEmptyKey.slice(2);
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        cwd: { type: "string" },
        check: { type: "string" },
        help: { type: "boolean" },
        [flag]: { type: "boolean" },
      },
    });
    if (values.help) return { say: usage, isFault: false };
    const [file] = positionals;
    if (!file || positionals.length > 1) return { say: usage, isFault: true };
    const check = values.check as string | undefined;
    if (check !== undefined && !isCheckMode(check)) {
      const given = JSON.stringify(check.slice(0, 80));
      return { say: `--check is on, warn or off, got ${given}\n${usage}`, isFault: true };
    }
    return { file, cwd: values.cwd as string | undefined, check, allowsEmptyKey: values[flag] === true };
  } catch (error) {
    return { say: `${(error as Error).message}\n${usage}`, isFault: true };
  }
}
