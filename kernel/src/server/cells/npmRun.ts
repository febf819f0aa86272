import { type ChildProcess, spawn } from "node:child_process";

/** `%npm install …`: runs npm in the notebook's folder and passes on what it prints. */
export class NpmRun {
  readonly finished: Promise<number>;
  readonly #child: ChildProcess;

  constructor(args: string[], cwd: string, print: (name: "stdout" | "stderr", text: string) => void) {
    print("stdout", `npm ${args.join(" ")} …\n`);
    this.#child = spawn("npm", args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
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

  stop(): void {
    this.#child.kill("SIGINT");
  }
}
