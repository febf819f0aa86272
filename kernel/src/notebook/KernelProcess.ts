import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { killChild } from "../session/processes/killChild.ts";
import { ConnectionFile } from "./ConnectionFile.ts";
import { createConnection } from "./ConnectionInfo.ts";
import { KernelClient } from "./KernelClient.ts";
import type { UncheckedJson } from "./UncheckedJson.ts";

/** Command line of a kernel; `{connection_file}` stands for the path of its connection file. */
export type KernelCommand = readonly string[];

/** Where a kernel starts, and how long it may take. */
export interface StartOptions {
  /** The folder the kernel works in: relative imports and paths in cells start there. */
  cwd: string;
  /** Seconds until a kernel that does not answer is given up. */
  startTimeout?: number;
}

/** A kernel as a child process, with a client connected to it. */
export class KernelProcess {
  /** Speaks to it. */
  readonly client: KernelClient;
  /** Content of the kernel's kernel_info_reply. */
  info: UncheckedJson;
  readonly #child: ChildProcess;
  readonly #file: ConnectionFile;
  readonly #exit: Promise<string>;
  #closing = false;

  private constructor(child: ChildProcess, client: KernelClient, file: ConnectionFile) {
    this.client = client;
    this.#child = child;
    this.#file = file;
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-4000)));
    this.#exit = new Promise((resolve) => {
      child.once("error", (error) => resolve(`could not be started (${error.message})`));
      child.once("exit", (code, signal) => {
        const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
        resolve(said.trim() ? `${how}; it said:\n${said.trim()}` : how);
      });
    });
    void this.#exit.then((how) => {
      if (!this.#closing) client.fail(new Error(`the kernel ${how}`));
    });
  }

  /**
   * Starts a kernel and waits until it answers and its publications arrive.
   *
   * @throws Error with what the kernel printed, if it ends or does not answer in `startTimeout`
   */
  static async start(command: KernelCommand, options: StartOptions): Promise<KernelProcess> {
    const attempts = 3;
    for (let attempt = 1; ; attempt++) {
      try {
        return await KernelProcess.#startOnce(command, options);
      } catch (error) {
        // Another program may have taken one of the five ports in between.
        if (attempt === attempts || !/address (already )?in use|EADDRINUSE/i.test(String(error))) throw error;
      }
    }
  }

  static async #startOnce(command: KernelCommand, { cwd, startTimeout = 60 }: StartOptions) {
    const connection = await createConnection();
    const file = new ConnectionFile(connection);
    const [program, ...args] = command.map((part) => part.replace("{connection_file}", file.path));
    const child = spawn(program!, args, {
      cwd,
      // Kernels watch this process and end with it. An own process group keeps the terminal's Ctrl-C from them:
      // the runner decides whether to interrupt.
      env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const kernel = new KernelProcess(child, new KernelClient(connection), file);
    try {
      await kernel.#ready(startTimeout);
      file.remove();
      return kernel;
    } catch (error) {
      await kernel.close();
      throw error;
    }
  }

  /** Ready means answered on shell and heard on iopub: a subscription takes effect some time after it is made. */
  async #ready(startTimeout: number): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.client.onPublished = () => resolve();
    });
    const gone = this.#exit.then((how) => {
      throw new Error(`the kernel ${how}`);
    });
    gone.catch(() => {});
    const deadline = Date.now() + startTimeout * 1000;
    while (Date.now() < deadline) {
      const answered = this.client.request("shell", "kernel_info_request").then((reply) => {
        this.info = reply.content;
      });
      const both = Promise.all([answered, heard]).then(() => true);
      both.catch(() => {});
      // The first request waits for a slow start; once answered, ask again only to hear the answer published.
      await Promise.race([
        answered,
        gone,
        delay(Math.min(deadline - Date.now(), 2 ** 31 - 1), undefined, { ref: false }),
      ]);
      if (await Promise.race([both, gone, delay(50, false, { ref: false })])) return;
    }
    throw new Error(`the kernel did not answer within ${startTimeout} s`);
  }

  /** Asks for an interrupt by message, and, for kernels that only know the signal, by SIGINT a second later. */
  async interrupt(): Promise<void> {
    const replied = this.client.request("control", "interrupt_request").then(
      () => true,
      () => true,
    );
    if (!(await Promise.race([replied, delay(1000, false, { ref: false })])))
      killChild(this.#child, "SIGINT");
  }

  /** Shuts the kernel down, politely for two seconds and then by force, and removes its connection file. */
  async close(): Promise<void> {
    this.#closing = true;
    this.client.request("control", "shutdown_request", { restart: false }).catch(() => {});
    const exited = this.#exit.then(() => true);
    if (!(await Promise.race([exited, delay(2000, false, { ref: false })]))) {
      this.kill();
      await exited;
    }
    this.client.close();
    this.#file.remove();
  }

  /** Ends the kernel and what it started, at once. */
  kill(): void {
    try {
      process.kill(-this.#child.pid!, "SIGKILL");
    } catch {
      killChild(this.#child, "SIGKILL");
    }
  }
}
