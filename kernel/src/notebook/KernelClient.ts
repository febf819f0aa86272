import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import type { ConnectionInfo } from "./ConnectionInfo.ts";
import type { UncheckedJson } from "./UncheckedJson.ts";

/** A message of the kernel, as the protocol has it; what `content` holds depends on `header.msg_type`. */
export interface Message {
  header: { msg_id: string; msg_type: string; date: string };
  parent_header: { msg_id?: string };
  metadata: Record<string, unknown>;
  content: UncheckedJson;
}

type RequestChannel = "shell" | "control";

interface PendingReply {
  resolve(message: Message): void;
  reject(error: Error): void;
}

const delimiter = "<IDS|MSG>";

/**
 * A client of a running kernel: sends requests on shell and control, hands over what the kernel publishes on
 * iopub. Jupyter messaging protocol 5.4, https://jupyter-client.readthedocs.io/en/latest/messaging.html
 *
 * It never offers stdin: nobody is there to answer when a notebook runs headless, and with `allow_stdin: false`
 * a cell that asks gets an error instead of waiting for ever.
 */
export class KernelClient {
  /** Called with every message on iopub, in order. */
  onPublished: (message: Message) => void = () => {};

  readonly #key: string;
  readonly #session = randomUUID();
  readonly #sockets: { shell: Dealer; control: Dealer; iopub: Subscriber };
  readonly #pending = new Map<string, PendingReply>();
  #sending: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;

  constructor(connection: ConnectionInfo) {
    this.#key = connection.key;
    const address = (port: number) => `${connection.transport}://${connection.ip}:${port}`;
    const routingId = this.#session;
    const shell = new Dealer({ routingId, linger: 0 });
    const control = new Dealer({ routingId, linger: 0 });
    // A notebook's outputs must all arrive however fast the kernel prints them.
    const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
    shell.connect(address(connection.shell_port));
    control.connect(address(connection.control_port));
    iopub.connect(address(connection.iopub_port));
    iopub.subscribe();
    this.#sockets = { shell, control, iopub };
    void this.#receive(shell, (message) => this.#settle(message));
    void this.#receive(control, (message) => this.#settle(message));
    void this.#receive(iopub, (message) => this.onPublished(message));
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param onSent is given the message id before anything comes back, to recognise what is published for it
   */
  async request(
    channel: RequestChannel,
    type: string,
    content: unknown = {},
    onSent?: (messageId: string) => void,
  ): Promise<Message> {
    if (this.#failure) throw this.#failure;
    const id = randomUUID();
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "isoflop",
      date: new Date().toISOString(),
      version: "5.4",
    };
    const reply = new Promise<Message>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    // Should the kernel end before this line is reached again, the rejection must not count as unhandled.
    reply.catch(() => {});
    onSent?.(id);
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const frames = [delimiter, this.#sign(parts), ...parts];
    // A socket takes one send at a time.
    this.#sending = this.#sending.then(() => this.#sockets[channel].send(frames)).catch(() => {});
    await this.#sending;
    return reply;
  }

  /** Ends every pending request with this error, and refuses new ones: the kernel is gone. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  /** Lets go of the sockets; what is pending is refused. */
  close(): void {
    this.fail(new Error("the connection to the kernel is closed"));
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  #sign(parts: readonly (string | Buffer)[]): string {
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #settle(message: Message): void {
    const id = message.parent_header.msg_id ?? "";
    this.#pending.get(id)?.resolve(message);
    this.#pending.delete(id);
  }

  async #receive(socket: Dealer | Subscriber, handle: (message: Message) => void): Promise<void> {
    for await (const frames of socket) {
      const message = this.#decode(frames as Buffer[]);
      if (message) handle(message);
    }
  }

  /** Frames that are no signed message of this kernel are dropped: another program may be talking to the port. */
  #decode(frames: Buffer[]): Message | undefined {
    const start = frames.findIndex((frame) => frame.toString() === delimiter);
    const [signature, ...parts] = frames.slice(start + 1, start + 6);
    if (start < 0 || !signature || parts.length < 4) return undefined;
    const expected = Buffer.from(this.#sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
    const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
    return { header, parent_header, metadata, content };
  }
}
