import { type ChildProcess, spawn } from "node:child_process";
import { endProcesses } from "../../session/processes/endProcesses.ts";
import { killChild } from "../../session/processes/killChild.ts";
import { markName, newMark } from "../../session/processes/sessionMark.ts";

const graceMs = 1000;

const longest = 10_000;

function checkArguments(args: readonly string[]): void {
  const length = args.join(" ").length;
  if (length > longest)
    throw new RangeError(`%npm takes ${longest} characters, got ${length}; use several %npm lines`);
  const at = args.find((each) => each.includes("\0"));
  if (at !== undefined) throw new TypeError(`%npm: ${JSON.stringify(at.slice(0, 80))} holds a NUL character`);
}

/** `%npm install …`: runs npm in the notebook's folder and passes on what it prints. */
export class NpmRun {
  readonly finished: Promise<number>;
  readonly #child: ChildProcess;
  readonly #mark = newMark();

  constructor(args: string[], cwd: string, print: (name: "stdout" | "stderr", text: string) => void) {
    checkArguments(args);
    print("stdout", `npm ${args.join(" ")} …\n`);
    this.#child = spawn("npm", args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: { ...process.env, [markName]: this.#mark },
      detached: process.platform !== "win32",
    });
    for (const name of ["stdout", "stderr"] as const) {
      this.#child[name]?.setEncoding("utf8").on("data", (text: string) => print(name, text));
    }
    this.finished = new Promise((resolve) => {
      this.#child.once("close", (code) => resolve(code ?? 1));
      this.#child.once("error", (error) => {
        print("stderr", `npm cannot be started: ${error.message}\n`);
        resolve(1);
      });
    });
  }

  /** Ctrl-C for npm and what it runs; what does not end by that is ended. */
  stop(): void {
    const { pid } = this.#child;
    try {
      process.kill(-(pid as number), "SIGINT");
    } catch {
      killChild(this.#child, "SIGINT");
    }
    setTimeout(() => this.#end(), graceMs).unref();
  }

  #end(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) endProcesses({ mark: this.#mark, root: pid });
  }
}
