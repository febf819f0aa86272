import { randomUUID } from "node:crypto";
import type { CheckMode } from "../language/magics/CheckMode.ts";
import { toCodePoints, toUtf16 } from "../protocol/codePoints.ts";
import type { Connection } from "../protocol/connection.ts";
import type { Content, Header, Message } from "../protocol/message.ts";
import { faultOfRequest } from "../protocol/schemas/requests.ts";
import { type RequestChannel, Sockets } from "../protocol/sockets.ts";
import type { Behind } from "./behind.ts";
import { History } from "./cells/history.ts";
import { Complaints } from "./complaints.ts";
import type { DapRequest } from "./debug/debugAdapter.ts";
import { kernelInfo } from "./kernelInfo.ts";
import { helpQuery } from "./syntax/helpQuery.ts";

type Handler = (message: Message, channel: RequestChannel) => void | Promise<void>;

const warmUpAfterMs = 50;
/** What the first cell does not need waits for it, but not for long; and a moment, in which the cell runs that waits. */
const latestMs = 1000;
const firstCellMs = 20;

interface KernelOptions {
  cwd: string;
  /** What a type error does, until a cell says otherwise. */
  check?: CheckMode | undefined;
  /** Called when a client asked for the end and all is closed. */
  onStop: () => void;
}

/** A running kernel: sockets in front, the language and the executor behind. */
export class Kernel {
  readonly #connection: Connection;
  readonly #sockets: Sockets;
  readonly #cwd: string;
  readonly #check: CheckMode;
  readonly #history = new History();
  readonly #complaints = new Complaints();
  readonly #onStop: () => void;
  #starting: Promise<Behind> | undefined;
  /** Set once started. */
  #behind: Behind | undefined;
  #stopping: Promise<void> | undefined;
  #isWarm = false;
  #onReady: () => void = () => {};
  readonly #isReady = new Promise<void>((resolve) => {
    this.#onReady = () => void setTimeout(resolve, firstCellMs);
  });
  /** The request that came last. */
  #latest: Header | undefined;

  constructor(connection: Connection, { cwd, check = "on", onStop }: KernelOptions) {
    this.#connection = connection;
    this.#cwd = cwd;
    this.#check = check;
    this.#onStop = onStop;
    this.#sockets = new Sockets(connection, randomUUID());
  }

  /** Started when first wanted, and loaded only then: a client is greeted some 40 ms sooner for it. */
  #start(): Promise<Behind> {
    this.#starting ??= import("./behind.ts")
      .then(({ startBehind }) => {
        if (this.#stopping) return new Promise<never>(() => {}); // nobody waits for an answer any more
        const folder = { cwd: this.#cwd, check: this.#check };
        const behind = startBehind(folder, this.#sockets, this.#history, this.#onReady);
        void this.#isReady.then(() => behind.language.warmUp());
        this.#behind = behind;
        return behind;
      })
      .catch((error) => {
        this.#starting = undefined; // whoever asks next tries again
        throw error;
      });
    return this.#starting;
  }

  /** Resolves when clients are heard; what `heartbeat` gives, when they also hear its echo, a second later at most. */
  async start(): Promise<{ heartbeat: () => Promise<void> }> {
    const { heartbeat } = await this.#sockets.bind(this.#connection);
    this.#sockets.listen({
      onMessage: (channel, message) => void this.#dispatch(channel, message),
      onComplaint: (kind, text) => void this.#complaints.say(kind, text),
      onError: (error) => this.report(String((error as Error)?.stack ?? error)),
    });
    this.#sockets.publish("status", undefined, { execution_state: "starting" });
    // The first client is greeted before the two other processes take the cores, and no later than this.
    setTimeout(() => this.#warmUp(), warmUpAfterMs);
    setTimeout(this.#onReady, latestMs);
    return { heartbeat: () => this.#isReady.then(heartbeat) };
  }

  #warmUp(): void {
    if (this.#stopping || this.#isWarm) return;
    this.#isWarm = true;
    this.#start().catch(() => {}); // the first cell says why
  }

  /** Tells of a fault of the kernel's own, in its log and to the client whose request came last; it goes on. */
  report(fault: string): void {
    if (!this.#complaints.say("fault", `internal error, the kernel goes on: ${fault}`)) return;
    this.#tell(this.#latest, `isoflop: internal error, the kernel goes on: ${fault}`);
  }

  /** What no reply can say. */
  #tell(header: Header | undefined, text: string): void {
    this.#sockets.publish("stream", header, { name: "stderr", text: `${text}\n` });
  }

  /** One entry a message type; all but execute_request are answered at once, also while a cell runs. */
  readonly #handlers = new Map<string, Handler>(
    Object.entries({
      kernel_info_request: (message, channel) => this.#reply(message, channel, kernelInfo()),
      complete_request: async (message, channel) =>
        this.#reply(message, channel, await this.#complete(message.content)),
      inspect_request: async (message, channel) =>
        this.#reply(message, channel, await this.#inspect(message.content)),
      is_complete_request: async (message, channel) => {
        const code = message.content.code as string;
        const isAnswered = helpQuery(code) !== undefined;
        const { language } = await this.#start();
        const reply = isAnswered ? { status: "complete" } : await language.isComplete(code);
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
    } satisfies Record<string, Handler>),
  );

  async #dispatch(channel: RequestChannel, message: Message): Promise<void> {
    this.#latest = message.header;
    const type = message.header.msg_type;
    const fault = message.fault ?? faultOfRequest(type, message.content);
    if (type === "input_reply") return this.#answer(channel, message, fault);
    let noStart: unknown;
    if (type === "execute_request" && channel === "shell" && !fault) {
      // At once where that can be: an interrupt may come right behind it.
      if (this.#behind) return this.#behind.execution.enqueue(message);
      const behind = await this.#start().catch((error) => {
        noStart = error;
      });
      if (behind) return behind.execution.enqueue(message);
    }
    this.#sockets.publish("status", message.header, { execution_state: "busy" });
    try {
      if (noStart) throw noStart;
      if (fault) this.#refuse(message, channel, fault);
      else await this.#handle(message, channel);
    } catch (error) {
      const { name, message: evalue, stack } = error as Error;
      this.#fail(message, channel, name, evalue, String(stack));
    } finally {
      this.#sockets.publish("status", message.header, { execution_state: "idle" });
      if (!this.#isWarm) setImmediate(() => this.#warmUp());
    }
  }

  /** A type that is not known is not answered, as in ipykernel: it may belong to a newer protocol. */
  async #handle(message: Message, channel: RequestChannel): Promise<void> {
    const type = message.header.msg_type;
    const handler = this.#handlers.get(type);
    if (handler) await handler(message, channel);
    else
      this.#complaints.say(
        "unknown",
        `unknown message type ${JSON.stringify(type.slice(0, 80))} on ${channel}`,
      );
  }

  #answer(channel: RequestChannel, message: Message, fault: string | undefined): void {
    if (channel !== "stdin") this.#complaints.say("unknown", `input_reply on ${channel} ignored`);
    else if (!this.#behind?.session.answer(message, fault) && fault)
      this.#tell(message.header, `isoflop: an answer to input was ignored; ${fault}`);
  }

  #refuse(message: Message, channel: RequestChannel, fault: string): void {
    this.#fail(message, channel, "InvalidMessage", fault, `InvalidMessage: ${fault}`);
  }

  /** An error reply; what has none, as comm_msg, is told on iopub. */
  #fail(message: Message, channel: RequestChannel, ename: string, evalue: string, trace: string): void {
    const { header, content: asked } = message;
    const error = { ename, evalue, traceback: [trace] };
    if (!header.msg_type.endsWith("_request")) {
      this.#tell(header, `isoflop: ${trace}`);
      return;
    }
    const more: Content = {};
    if (header.msg_type === "execute_request") {
      Object.assign(more, {
        execution_count: this.#behind?.execution.count ?? 0,
        payload: [],
        user_expressions: {},
      });
      this.#sockets.publish("error", header, error);
    }
    // As the debug adapter protocol has it.
    if (header.msg_type === "debug_request") {
      Object.assign(more, { type: "response", success: false, message: evalue });
      if (Number.isInteger(asked.seq)) more.request_seq = asked.seq;
      if (typeof asked.command === "string") more.command = asked.command;
    }
    this.#reply(message, channel, { status: "error", ...error, ...more });
  }

  #reply(message: Message, channel: RequestChannel, content: Content): void {
    const type = message.header.msg_type.replace(/_request$/, "_reply");
    this.#sockets.reply(channel, message, type, content);
  }

  async #complete(content: Content): Promise<Content> {
    const { code, cursor } = positionOf(content);
    const { language } = await this.#start();
    const { matches, cursorStart, cursorEnd, metadata } = await language.complete(code, cursor);
    return {
      status: "ok",
      matches,
      cursor_start: toCodePoints(code, cursorStart),
      cursor_end: toCodePoints(code, cursorEnd),
      metadata,
    };
  }

  async #inspect(content: Content): Promise<Content> {
    const { code, cursor } = positionOf(content);
    const { language } = await this.#start();
    const found = await language.inspect(code, cursor, content.detail_level === 1 ? 1 : 0);
    return { status: "ok", ...found, metadata: {} };
  }

  interrupt(): void {
    if (this.#behind) this.#behind.execution.interrupt();
    // Cells may wait for what is being loaded: they are put in before they are hit.
    else this.#starting?.then(({ execution }) => setImmediate(() => execution.interrupt())).catch(() => {});
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

/** A place in code as this language counts; without a position, its end. */
function positionOf(content: Content): { code: string; cursor: number } {
  const code = content.code as string;
  return { code, cursor: toUtf16(code, (content.cursor_pos as number | null | undefined) ?? code.length) };
}
