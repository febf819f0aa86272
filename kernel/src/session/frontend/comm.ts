import { randomUUID } from "node:crypto";
import type { CommMessage } from "../messages/executorMessages.ts";
import { host } from "./host.ts";

type OnMessage = (data: unknown, buffers: readonly Uint8Array[]) => void;
type OnClose = (data: unknown) => void;

/**
 * A two-way channel to the front end (a widget, mostly): what Jupyter calls a comm.
 *
 * Source: Jupyter messaging protocol 5.4, custom messages.
 */
export class Channel {
  /** Names the channel on both sides. */
  readonly id: string;
  /** What it was opened to. */
  readonly target: string;
  #onMessage: OnMessage | undefined;
  #onClose: OnClose | undefined;

  constructor(id: string, target: string) {
    this.id = id;
    this.target = target;
  }

  /** Sends data that JSON can hold, and bytes beside it. */
  send(data: unknown, buffers: readonly Uint8Array[] = []): void {
    host().comm({ type: "comm_msg", comm_id: this.id, data, buffers: buffers.map(toBase64) });
  }

  /** Says what to do with what the front end sends; the last handler given counts. */
  onMessage(handler: OnMessage): void {
    this.#onMessage = handler;
  }

  /** Says what to do when the front end closes the channel. */
  onClose(handler: OnClose): void {
    this.#onClose = handler;
  }

  /** Closes it from this side. */
  close(data: unknown = {}): void {
    channels.delete(this.id);
    host().comm({ type: "comm_close", comm_id: this.id, data });
  }

  /** The front end said something. */
  receive({ type, data, buffers = [] }: CommMessage): void {
    if (type === "comm_close") {
      channels.delete(this.id);
      this.#onClose?.(data);
    } else this.#onMessage?.(data, buffers.map(fromBase64));
  }
}

/** What to do with a channel that the front end opened, and with the data that came along. */
export type CommHandler = (channel: Channel, data: unknown) => void;

const channels = new Map<string, Channel>();
const targets = new Map<string, CommHandler>();
const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

/**
 * Channels between cells and the front end: `comm.open("my.target", { start: 1 })` opens one, and what the front end
 * opens comes to whoever has registered its target.
 */
export const comm = {
  /** Opens a channel to what the front end has registered as `target`. */
  open(target: string, data: unknown = {}, buffers: readonly Uint8Array[] = []): Channel {
    const channel = new Channel(randomUUID(), target);
    channels.set(channel.id, channel);
    host().comm({
      type: "comm_open",
      comm_id: channel.id,
      target_name: target,
      data,
      buffers: buffers.map(toBase64),
    });
    return channel;
  },
  /** Says what to do when the front end opens a channel to `target`. */
  register(target: string, handler: CommHandler): void {
    targets.set(target, handler);
  },
};

/** Takes a message of the front end; an unknown target is closed, an unknown channel ignored. */
export function receiveComm(message: CommMessage): void {
  if (message.type !== "comm_open") {
    channels.get(message.comm_id)?.receive(message);
    return;
  }
  const target = message.target_name ?? "";
  const handler = targets.get(target);
  if (!handler) {
    host().comm({ type: "comm_close", comm_id: message.comm_id, data: {} });
    return;
  }
  const channel = new Channel(message.comm_id, target);
  channels.set(channel.id, channel);
  handler(channel, message.data);
}
