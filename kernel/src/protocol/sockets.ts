import { Reply, Router, XPublisher } from "zeromq";
import { address, type Channel, type Connection } from "./connection.ts";
import { type Content, type Header, type Message, makeHeader } from "./message.ts";
import { SendQueue } from "./sendQueue.ts";
import { Wire, WireError } from "./wire.ts";

export type RequestChannel = "shell" | "control" | "stdin";

export interface Handlers {
  onMessage(channel: RequestChannel, message: Message): void;
  /** A client subscribed to iopub and can hear from now on. */
  onSubscribe(topic: string): void;
  onBadMessage(channel: RequestChannel, reason: string): void;
}

/** The five sockets of a kernel: bound, signed, one send queue each. */
export class Sockets {
  readonly session: string;
  readonly #wire: Wire;
  readonly #routers: Record<RequestChannel, Router>;
  readonly #heartbeat = new Reply({ linger: 0 });
  // Without sendHighWaterMark 0 a subscriber that reads slowly loses messages.
  readonly #iopub = new XPublisher({ sendHighWaterMark: 0, linger: 1000, verbosity: "allSubs" });
  readonly #queues: Record<RequestChannel | "iopub", SendQueue>;
  #closed = false;

  constructor(connection: Connection, session: string) {
    this.session = session;
    this.#wire = new Wire(connection.key, connection.signature_scheme);
    const router = () => new Router({ sendHighWaterMark: 0, linger: 1000 });
    this.#routers = { shell: router(), control: router(), stdin: router() };
    this.#queues = {
      shell: new SendQueue(this.#routers.shell),
      control: new SendQueue(this.#routers.control),
      stdin: new SendQueue(this.#routers.stdin),
      iopub: new SendQueue(this.#iopub),
    };
  }

  async bind(connection: Connection): Promise<void> {
    const bind = (socket: { bind(at: string): Promise<void> }, channel: Channel) =>
      socket.bind(address(connection, channel)).catch((cause: Error) => {
        throw new Error(`cannot listen on ${address(connection, channel)} (${channel}): ${cause.message}`);
      });
    await Promise.all([
      bind(this.#routers.shell, "shell"),
      bind(this.#routers.control, "control"),
      bind(this.#routers.stdin, "stdin"),
      bind(this.#iopub, "iopub"),
      bind(this.#heartbeat, "hb"),
    ]);
  }

  listen(handlers: Handlers): void {
    for (const channel of ["shell", "control", "stdin"] as const) void this.#receive(channel, handlers);
    void this.#subscriptions(handlers);
    void this.#beat();
  }

  async #receive(channel: RequestChannel, handlers: Handlers): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      let message: Message;
      try {
        message = this.#wire.decode(frames);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        handlers.onBadMessage(channel, error.message);
        continue;
      }
      handlers.onMessage(channel, message);
    }
  }

  async #subscriptions(handlers: Handlers): Promise<void> {
    for await (const [frame] of this.#iopub) {
      if (frame?.[0] === 1) handlers.onSubscribe(frame.subarray(1).toString());
    }
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames).catch(() => {});
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
    topic = msgType,
  ): void {
    this.#send("iopub", [Buffer.from(topic)], msgType, parent, content, metadata, buffers);
  }

  /** Asks a client something on stdin (`input_request`); the message's id. */
  ask(identities: Uint8Array[], parent: Header, content: Content): string {
    return this.#send("stdin", identities, "input_request", parent, content);
  }

  #send(
    channel: RequestChannel | "iopub",
    identities: Uint8Array[],
    msgType: string,
    parent: Header | undefined,
    content: Content,
    metadata: Content = {},
    buffers: Uint8Array[] = [],
  ): string {
    const header = makeHeader(this.session, msgType);
    if (this.#closed) return header.msg_id;
    this.#queues[channel].push(
      this.#wire.encode({ identities, header, parent: parent ?? {}, metadata, content, buffers }),
    );
    return header.msg_id;
  }

  async flushed(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.flushed()));
  }

  async close(): Promise<void> {
    await this.flushed();
    this.#closed = true;
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) socket.close();
  }
}
