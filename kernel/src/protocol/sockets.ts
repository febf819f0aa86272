import { address, type Channel, type Connection } from "./connection.ts";
import { Heartbeat } from "./heartbeat.ts";
import { limits } from "./limits.ts";
import { type Content, type Header, type Message, makeHeader } from "./message.ts";
import { Wire, WireError } from "./wire.ts";
import { Publisher } from "./zmtp/Publisher.ts";
import { Router } from "./zmtp/Router.ts";
import type { Missed } from "./zmtp/Subscriber.ts";

export type RequestChannel = "shell" | "control" | "stdin";

export interface Handlers {
  onMessage(channel: RequestChannel, message: Message): void;
  /** Somebody sent what is no signed message, or reads too slowly: nothing comes of it but this. */
  onComplaint(kind: string, text: string): void;
  /** A fault of the kernel's own. */
  onError(error: unknown): void;
}

/** Without these a client waits for ever; all are small. */
const essential = new Set([
  "status",
  "error",
  "execute_input",
  "clear_output",
  "comm_close",
  "shutdown_reply",
]);
const smallBytes = 65_536;

/** The five sockets of a kernel: bound and signed. */
export class Sockets {
  readonly session: string;
  readonly #wire: Wire;
  readonly #routers: Record<RequestChannel, Router>;
  readonly #heartbeat = new Heartbeat((fault) => this.#complain("heartbeat", fault));
  readonly #iopub: Publisher<Header>;
  #handlers: Handlers | undefined;
  #closed = false;

  constructor(connection: Connection, session: string) {
    this.session = session;
    this.#wire = new Wire(connection.key, connection.signature_scheme);
    const router = () => new Router(limits.requests);
    this.#routers = { shell: router(), control: router(), stdin: router() };
    this.#iopub = new Publisher<Header>(limits.publications, {
      onSubscribe: (topic, write) => write(this.#welcome(topic)),
      onMiss: () =>
        this.#complain("slow", "a client of iopub reads too slowly: output is not kept for it from now on"),
      onCaughtUp: (missed) => this.#notice(missed),
      onLoss: (missed) => this.#complain("slow", `a client of iopub left; it had missed ${describe(missed)}`),
    });
  }

  /**
   * Resolves when all can be reached but the heartbeat, which no answer waits for; `heartbeat` starts that. The error
   * of one lets go of all.
   */
  async bind(connection: Connection): Promise<{ heartbeat: () => Promise<void> }> {
    const bind = (socket: { bind(at: string): Promise<void> }, channel: Channel) => {
      const at = address(connection, channel);
      return socket.bind(at).catch((cause: Error) => {
        throw new Error(`cannot listen on ${at} (${channel}): ${cause.message}`);
      });
    };
    const check = async (bound: Promise<PromiseSettledResult<void>[]>) => {
      const failed = (await bound).find(({ status }) => status === "rejected");
      if (!failed) return;
      await this.close();
      throw (failed as PromiseRejectedResult).reason;
    };
    await check(
      Promise.allSettled([
        bind(this.#routers.shell, "shell"),
        bind(this.#routers.control, "control"),
        bind(this.#routers.stdin, "stdin"),
        bind(this.#iopub, "iopub"),
      ]),
    );
    return { heartbeat: () => check(Promise.allSettled([bind(this.#heartbeat, "hb")])) };
  }

  listen(handlers: Handlers): void {
    this.#handlers = handlers;
    for (const channel of ["shell", "control", "stdin"] as const) {
      this.#routers[channel].listen({
        onMessage: (frames) => this.#receive(channel, frames, handlers),
        onRefusal: (why) => handlers.onComplaint("unsigned", `message on ${channel} ignored: ${why}`),
        onLoss: (bytes) =>
          handlers.onComplaint("slow", `a client of ${channel} does not read: ${bytes} bytes not sent`),
      });
    }
  }

  #receive(channel: RequestChannel, frames: Uint8Array[], handlers: Handlers): void {
    try {
      handlers.onMessage(channel, this.#wire.decode(frames));
    } catch (error) {
      if (!(error instanceof WireError)) handlers.onError(error);
      else handlers.onComplaint("unsigned", `message on ${channel} ignored: ${error.message}`);
    }
  }

  #complain(kind: string, text: string): void {
    this.#handlers?.onComplaint(kind, text);
  }

  reply(
    channel: RequestChannel,
    request: Message,
    msgType: string,
    content: Content,
    metadata: Content = {},
  ): void {
    this.#send(channel, request.identities, msgType, request.header, content, metadata);
  }

  publish(
    msgType: string,
    parent: Header | undefined,
    content: Content,
    metadata: Content = {},
    buffers: Uint8Array[] = [],
  ): void {
    if (this.#closed) return;
    const topic = Buffer.from(msgType);
    const frames = this.#encode([topic], msgType, parent, content, metadata, buffers);
    const isSmall = () => frames.reduce((sum, each) => sum + each.byteLength, 0) <= smallBytes;
    this.#iopub.publish(frames, essential.has(msgType) && isSmall(), parent);
  }

  /** Tells a client that it can hear now: https://jupyter.org/enhancement-proposals/65-jupyter-xpub/jupyter-xpub.html */
  #welcome(topic: Buffer): Uint8Array[] {
    return this.#encode([topic], "iopub_welcome", undefined, { subscription: topic.toString() });
  }

  /** Tells a client that reads again what was not kept for it, under the cell whose output it was. */
  #notice(missed: Missed<Header>): Uint8Array[] {
    const text = `isoflop: this client read too slowly; ${describe(missed)} of output were not kept for it\n`;
    return this.#encode([Buffer.from("stream")], "stream", missed.cause, { name: "stderr", text });
  }

  /** Asks a client something on stdin (`input_request`); the message's id. */
  ask(identities: Uint8Array[], parent: Header, content: Content): string {
    const header = makeHeader(this.session, "input_request");
    if (!this.#closed) {
      this.#routers.stdin.send(
        this.#wire.encode({ identities, header, parent, metadata: {}, content, buffers: [] }),
      );
    }
    return header.msg_id;
  }

  #send(
    channel: RequestChannel,
    identities: Uint8Array[],
    msgType: string,
    parent: Header | undefined,
    content: Content,
    metadata: Content = {},
  ): void {
    if (this.#closed) return;
    this.#routers[channel].send(this.#encode(identities, msgType, parent, content, metadata));
  }

  #encode(
    identities: Uint8Array[],
    msgType: string,
    parent: Header | undefined,
    content: Content,
    metadata: Content = {},
    buffers: Uint8Array[] = [],
  ): Uint8Array[] {
    const header = makeHeader(this.session, msgType);
    return this.#wire.encode({ identities, header, parent: parent ?? {}, metadata, content, buffers });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const sockets = [this.#iopub, this.#heartbeat, ...Object.values(this.#routers)];
    await Promise.all(sockets.map((each) => each.close()));
  }
}

function describe({ messages, bytes }: Missed<unknown>): string {
  return `${messages} ${messages === 1 ? "message" : "messages"} (${(bytes / 1e6).toFixed(1)} MB)`;
}
