import { parseArgs } from "node:util";
import { allowEmptyKey } from "../protocol/connection.ts";

const usage = `usage: node main.js CONNECTION_FILE [--cwd FOLDER] [${allowEmptyKey}]
  CONNECTION_FILE    the ports and the key, as Jupyter writes them
  --cwd FOLDER       where cells start (default: the folder the kernel was started in)
  ${allowEmptyKey}  start although the file has no key: everybody who reaches the ports can run code here`;

export interface KernelArguments {
  file: string;
  cwd?: string | undefined;
  allowsEmptyKey: boolean;
}

/** Reads the command line of the kernel; else what to say before it ends. */
export function parseArguments(args: string[]): KernelArguments | { say: string; isFault: boolean } {
  const flag = allowEmptyKey.slice(2);
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { cwd: { type: "string" }, help: { type: "boolean" }, [flag]: { type: "boolean" } },
    });
    if (values.help) return { say: usage, isFault: false };
    const [file] = positionals;
    if (!file || positionals.length > 1) return { say: usage, isFault: true };
    return { file, cwd: values.cwd as string | undefined, allowsEmptyKey: values[flag] === true };
  } catch (error) {
    return { say: `${(error as Error).message}\n${usage}`, isFault: true };
  }
}
