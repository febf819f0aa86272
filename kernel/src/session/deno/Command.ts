import { type ChildProcess as NodeChild, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { Readable, Writable } from "node:stream";
import { killChild } from "../processes/killChild.ts";
import { NotFound } from "./errors.ts";
import { type Place, toPath } from "./paths.ts";
import { rejectingAsDeno, throwingAsDeno } from "./throwing.ts";

export type Stdio = "piped" | "inherit" | "null";

/** How a command is started. */
export interface CommandOptions {
  args?: readonly string[];
  cwd?: Place;
  env?: Record<string, string>;
  /** Without the variables of this process. */
  clearEnv?: boolean;
  uid?: number;
  gid?: number;
  /** Ends the command. */
  signal?: AbortSignal;
  stdin?: Stdio;
  stdout?: Stdio;
  stderr?: Stdio;
  windowsRawArguments?: boolean;
}

/** How a command ended. */
export interface CommandStatus {
  success: boolean;
  code: number;
  signal: NodeJS.Signals | null;
}

/** How a command ended, and what it printed. */
export interface CommandOutput extends CommandStatus {
  readonly stdout: Uint8Array<ArrayBuffer>;
  readonly stderr: Uint8Array<ArrayBuffer>;
}

type Output = "stdout" | "stderr";

/** A program to be run, as by `await new Deno.Command("git", { args: ["status"] }).output()`. */
export class Command {
  readonly #file: string;
  readonly #options: CommandOptions;

  constructor(command: Place, options: CommandOptions = {}) {
    this.#file = toPath(command);
    this.#options = options;
  }

  /** Runs it to its end. */
  output(): Promise<CommandOutput> {
    if (this.#options.stdin === "piped")
      throw new TypeError("output() cannot write into the command; use spawn() where stdin is piped");
    return new ChildProcess(this.#file, {
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...this.#options,
    }).output();
  }

  /** Runs it to its end and lets nothing else run meanwhile. */
  outputSync(): CommandOutput {
    const { args = [], stdout = "piped", stderr = "piped" } = this.#options;
    if (this.#options.stdin === "piped")
      throw new TypeError("outputSync() cannot write into the command; use spawn() where stdin is piped");
    const options = { ...nodeOptions(this.#options), maxBuffer: Number.POSITIVE_INFINITY };
    const ended = throwingAsDeno(() => {
      const result = spawnSync(this.#file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
      if (result.error) throw startFailure(result.error, this.#file, this.#options);
      return result;
    });
    if (stdout === "inherit") process.stdout.write(ended.stdout);
    if (stderr === "inherit") process.stderr.write(ended.stderr);
    const bytes = { stdout: new Uint8Array(ended.stdout), stderr: new Uint8Array(ended.stderr) };
    return withOutputs(statusOf(ended.status, ended.signal), { stdout, stderr }, bytes);
  }

  /** Starts it; what it prints is the cell's output unless it is piped. */
  spawn(): ChildProcess {
    return new ChildProcess(this.#file, this.#options);
  }
}

/** A program that runs. */
export class ChildProcess implements AsyncDisposable {
  readonly #child: NodeChild;
  readonly #kinds: Record<Output, Stdio>;
  readonly #streams: Partial<Record<Output, ReadableStream<Uint8Array<ArrayBuffer>>>> = {};
  #stdin: WritableStream<Uint8Array<ArrayBufferLike>> | undefined;
  /** Resolves when it has ended. */
  readonly status: Promise<CommandStatus>;

  constructor(file: string, options: CommandOptions) {
    const { args = [], signal, stdin = "inherit", stdout = "inherit", stderr = "inherit" } = options;
    this.#kinds = { stdout, stderr };
    const child = throwingAsDeno(() =>
      spawn(file, args, {
        ...nodeOptions(options),
        // A cell has no terminal to inherit: what the command prints is printed by the cell.
        stdio: [
          stdin === "piped" ? "pipe" : "ignore",
          stdout === "null" ? "ignore" : "pipe",
          stderr === "null" ? "ignore" : "pipe",
        ],
      }),
    );
    this.#child = child;
    if (stdout === "inherit") child.stdout?.on("data", (bytes: Buffer) => process.stdout.write(bytes));
    if (stderr === "inherit") child.stderr?.on("data", (bytes: Buffer) => process.stderr.write(bytes));
    this.status = new Promise((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) reject(startFailure(error, file, options));
      });
      child.once(stdout === "piped" || stderr === "piped" ? "exit" : "close", (code, name) =>
        resolve(statusOf(code, name)),
      );
    });
    this.status.catch(() => {}); // whoever asks for it is told
    signal?.addEventListener("abort", () => this.kill(), { once: true });
    if (signal?.aborted) this.kill();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stdin(): WritableStream<Uint8Array<ArrayBufferLike>> {
    const { stdin } = this.#child;
    if (!stdin) throw new TypeError("Cannot get 'stdin': it is not piped; spawn with { stdin: \"piped\" }");
    this.#stdin ??= Writable.toWeb(stdin) as WritableStream<Uint8Array<ArrayBufferLike>>;
    return this.#stdin;
  }

  get stdout(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#piped("stdout");
  }

  get stderr(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#piped("stderr");
  }

  #piped(name: Output): ReadableStream<Uint8Array<ArrayBuffer>> {
    const stream = this.#child[name];
    if (!stream || this.#kinds[name] !== "piped")
      throw new TypeError(`Cannot get '${name}': it is not piped; spawn with { ${name}: "piped" }`);
    this.#streams[name] ??= Readable.toWeb(stream as Readable) as ReadableStream<Uint8Array<ArrayBuffer>>;
    return this.#streams[name];
  }

  /** Waits for its end and gives what it printed where that is piped. */
  output(): Promise<CommandOutput> {
    return rejectingAsDeno(async () => {
      const read = async (name: Output) =>
        this.#kinds[name] === "piped" ? await allOf(this.#piped(name)) : new Uint8Array();
      const [stdout, stderr, status] = await Promise.all([read("stdout"), read("stderr"), this.status]);
      return withOutputs(status, this.#kinds, { stdout, stderr });
    });
  }

  kill(signal: NodeJS.Signals = "SIGTERM"): void {
    killChild(this.#child, signal);
  }

  ref(): void {
    this.#child.ref();
  }

  unref(): void {
    this.#child.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.status;
  }
}

async function allOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function nodeOptions(options: CommandOptions): SpawnOptions {
  const { cwd, env = {}, clearEnv, uid, gid, windowsRawArguments } = options;
  return {
    env: clearEnv ? env : { ...process.env, ...env },
    windowsHide: true,
    ...(cwd !== undefined && { cwd: toPath(cwd) }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(windowsRawArguments && { windowsVerbatimArguments: true }),
  };
}

function startFailure(error: NodeJS.ErrnoException, file: string, { cwd }: CommandOptions): Error {
  if (error.code !== "ENOENT") return error;
  const folder = cwd === undefined ? "" : `, or no folder ${toPath(cwd)}`;
  return new NotFound(`cannot start ${file}: there is no such program${folder}`, {
    cause: error,
    code: "ENOENT",
  });
}

function statusOf(code: number | null, signal: NodeJS.Signals | null): CommandStatus {
  const number = code ?? 128 + (signal ? constants.signals[signal] : 0);
  return { success: number === 0, code: number, signal };
}

/** As in Deno, what was not piped has no bytes to give, and says so. */
function withOutputs(
  status: CommandStatus,
  kinds: Record<Output, Stdio>,
  bytes: Record<Output, Uint8Array<ArrayBuffer>>,
): CommandOutput {
  const output = { ...status } as CommandOutput;
  for (const name of ["stdout", "stderr"] as const) {
    Object.defineProperty(output, name, {
      enumerable: kinds[name] === "piped",
      get() {
        if (kinds[name] === "piped") return bytes[name];
        throw new TypeError(`Cannot get '${name}': it is not piped`);
      },
    });
  }
  return output;
}
