import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { writeStream } from "../channel.ts";

let before: string | undefined;

function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined; // it was removed
  }
}

/** `%cd`: the folder of the session's process and of the commands it runs; imports stay with the notebook's. */
export function changeFolder(text: string): void {
  const asked = text.trim().replace(/^(["'])(.*)\1$/, "$2");
  const wanted =
    asked === "" || asked === "~" ? homedir() : asked === "-" ? before : asked.replace(/^~(?=\/)/, homedir());
  if (wanted === undefined) throw new Error("%cd -: there is no folder to go back to yet");
  const from = currentFolder();
  const folder = resolve(from ?? "/", wanted);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`%cd ${asked}: there is no folder ${folder}`);
  }
  process.chdir(folder);
  before = from;
  writeStream("stdout", `${folder}\n`);
}

/** `%pwd` */
export function shownFolder(): string {
  const folder = currentFolder();
  if (folder === undefined) throw new Error("%pwd: the folder was removed; %cd FOLDER goes to another");
  return folder;
}

/** `%env`: all variables, one, or sets one. */
export function environment(text: string): unknown {
  const asked = text.trim();
  if (asked === "") return { ...process.env };
  if (asked.startsWith("="))
    throw new Error(`%env ${asked}: a name goes before the =, as in %env NAME=VALUE`);
  const [, name = "", separator, value = ""] = /^([^\s=]+)(\s*=\s*|\s+)?([\s\S]*)$/.exec(asked) ?? [];
  if (separator === undefined) {
    const found = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
    if (found === undefined)
      throw new Error(`%env ${name}: there is no such variable; %env ${name}=VALUE sets it`);
    return found;
  }
  process.env[name] = value;
  writeStream("stdout", `env: ${name}=${value}\n`);
  return undefined;
}
