import { randomUUID } from "node:crypto";
import { toCodePoints, toUtf16 } from "../protocol/codePoints.ts";
import type { Connection } from "../protocol/connection.ts";
import type { Content, Message } from "../protocol/message.ts";
import { type RequestChannel, Sockets } from "../protocol/sockets.ts";
import type { Behind } from "./behind.ts";
import { History } from "./cells/history.ts";
import type { DapRequest } from "./debug/debugAdapter.ts";
import { kernelInfo } from "./kernelInfo.ts";
import { helpQuery } from "./syntax/helpQuery.ts";
import { splitMagics } from "./syntax/magics.ts";

type Handler = (message: Message, channel: RequestChannel) => void | Promise<void>;

const warmUpAfterMs = 50;

/** A running kernel: sockets in front, the language and the executor behind. */
export class Kernel {
  readonly #sockets: Sockets;
  readonly #cwd: string;
  readonly #history = new History();
  readonly #onStop: () => void;
  #starting: Promise<Behind> | undefined;
  /** Set once started. */
  #behind: Behind | undefined;
  #stopping: Promise<void> | undefined;

  /** `onStop` runs when a client asked for the end and all is closed. */
  constructor(connection: Connection, { cwd, onStop }: { cwd: string; onStop: () => void }) {
    this.#cwd = cwd;
    this.#onStop = onStop;
    this.#sockets = new Sockets(connection, randomUUID());
  }

  /** Started when first wanted, and loaded only then: a client is greeted some 40 ms sooner for it. */
  #start(): Promise<Behind> {
    this.#starting ??= import("./behind.ts").then(({ startBehind }) => {
      if (this.#stopping) return new Promise<never>(() => {}); // nobody waits for an answer any more
      this.#behind = startBehind(this.#cwd, this.#sockets, this.#history);
      return this.#behind;
    });
    return this.#starting;
  }

  async start(connection: Connection): Promise<void> {
    await this.#sockets.bind(connection);
    this.#sockets.listen({
      onMessage: (channel, message) => void this.#dispatch(channel, message),
      onSubscribe: (topic) =>
        this.#sockets.publish("iopub_welcome", undefined, { subscription: topic }, {}, [], topic),
      onBadMessage: (channel, reason) =>
        console.error(`isoflop kernel: message on ${channel} ignored: ${reason}`),
    });
    this.#sockets.publish("status", undefined, { execution_state: "starting" });
    // The first client is greeted before the two other processes take the cores, and no later than this.
    setTimeout(() => this.#warmUp(), warmUpAfterMs);
  }

  #warmUp(): void {
    if (!this.#stopping) void this.#start();
  }

  /** One entry a message type; all but execute_request are answered at once, also while a cell runs. */
  readonly #handlers: Record<string, Handler> = {
    kernel_info_request: (message, channel) => this.#reply(message, channel, kernelInfo()),
    complete_request: async (message, channel) =>
      this.#reply(message, channel, await this.#complete(message.content)),
    inspect_request: async (message, channel) =>
      this.#reply(message, channel, await this.#inspect(message.content)),
    is_complete_request: async (message, channel) => {
      const code = String(message.content.code ?? "");
      const isAnswered = helpQuery(code) !== undefined;
      const { language } = await this.#start();
      const reply = isAnswered ? { status: "complete" } : language.isComplete(splitMagics(code).code);
      this.#reply(message, channel, { ...reply });
    },
    history_request: (message, channel) =>
      this.#reply(message, channel, this.#history.answer(message.content)),
    comm_info_request: (message, channel) =>
      this.#reply(message, channel, {
        status: "ok",
        comms: this.#behind?.session.comms.list(message.content.target_name) ?? {},
      }),
    comm_open: async (message) => (await this.#start()).session.comms.fromClient("comm_open", message),
    comm_msg: async (message) => (await this.#start()).session.comms.fromClient("comm_msg", message),
    comm_close: async (message) => (await this.#start()).session.comms.fromClient("comm_close", message),
    debug_request: async (message, channel) =>
      this.#reply(
        message,
        channel,
        await (await this.#start()).session.debug(message.content as unknown as DapRequest),
      ),
    interrupt_request: (message, channel) => {
      this.interrupt();
      this.#reply(message, channel, { status: "ok" });
    },
    shutdown_request: (message, channel) => {
      const content = { status: "ok", restart: message.content.restart === true };
      this.#reply(message, channel, content);
      this.#sockets.publish("shutdown_reply", message.header, content);
      // After the idle of this request has been queued.
      setImmediate(() => void this.stop());
    },
  };

  async #dispatch(channel: RequestChannel, message: Message): Promise<void> {
    const type = message.header.msg_type;
    if (type === "input_reply") return this.#behind?.session.answer(message);
    if (type === "execute_request" && channel === "shell")
      return (await this.#start()).execution.enqueue(message);
    const handler = this.#handlers[type];
    if (!handler) return console.error(`isoflop kernel: unknown message type ${type} on ${channel}`);
    this.#sockets.publish("status", message.header, { execution_state: "busy" });
    try {
      await handler(message, channel);
    } catch (error) {
      const { name: ename, message: evalue } = error as Error;
      const content = { status: "error", ename, evalue, traceback: [String((error as Error).stack)] };
      if (type.endsWith("_request")) this.#reply(message, channel, content);
    } finally {
      this.#sockets.publish("status", message.header, { execution_state: "idle" });
      if (!this.#starting) setImmediate(() => this.#warmUp());
    }
  }

  #reply(message: Message, channel: RequestChannel, content: Content): void {
    this.#sockets.reply(channel, message, message.header.msg_type.replace("_request", "_reply"), content);
  }

  async #complete(content: Content): Promise<Content> {
    const code = String(content.code ?? "");
    const cursor = toUtf16(code, Number(content.cursor_pos ?? code.length));
    const { matches, cursorStart, cursorEnd, metadata } = await (await this.#start()).language.complete(
      code,
      cursor,
    );
    return {
      status: "ok",
      matches,
      cursor_start: toCodePoints(code, cursorStart),
      cursor_end: toCodePoints(code, cursorEnd),
      metadata,
    };
  }

  async #inspect(content: Content): Promise<Content> {
    const code = String(content.code ?? "");
    const cursor = toUtf16(code, Number(content.cursor_pos ?? code.length));
    const found = await (await this.#start()).language.inspect(
      code,
      cursor,
      content.detail_level === 1 ? 1 : 0,
    );
    return { status: "ok", ...found, metadata: {} };
  }

  interrupt(): void {
    this.#behind?.execution.interrupt();
  }

  /** Closes everything, whatever runs. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#behind?.execution.clear();
    await Promise.race([
      Promise.all([this.#behind?.session.stop(), this.#behind?.language.dispose()]),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]);
    await this.#sockets.close();
    this.#onStop();
  }
}
