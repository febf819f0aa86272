import type { Socket } from "node:net";
import {
  encodeCommand,
  encodeProperties,
  type Frame,
  greeting,
  isGreeting,
  readCommand,
  readFrame,
  readProperties,
} from "./frames.ts";

const handshakeMs = 30_000;
/** Nobody subscribes to a longer topic, and nobody to more of them. */
const longestFrame = 4096;
const mostTopics = 1000;

/** What a subscriber missed because it did not read. */
export interface Missed<Cause> {
  messages: number;
  bytes: number;
  /** What the last one belonged to. */
  cause: Cause | undefined;
}

export interface SubscriberEvents<Cause> {
  onSubscribe(topic: Buffer): void;
  /** It misses a message, the first since it last caught up. */
  onMiss(): void;
  /** It has read all that waited for it. */
  onCaughtUp(missed: Missed<Cause>): void;
  onClose(missed: Missed<Cause> | undefined): void;
}

export interface QueueBounds {
  /** Bytes that may wait for one subscriber. */
  bytes: number;
  /** The same for messages that it cannot do without: they are small. */
  essentialBytes: number;
}

/** One client of a publishing socket: greets it, hears what it subscribes to, writes to it what it reads in time. */
export class Subscriber<Cause> {
  readonly #socket: Socket;
  readonly #events: SubscriberEvents<Cause>;
  readonly #bounds: QueueBounds;
  readonly #topics = new Map<string, number>();
  #received: Buffer = Buffer.alloc(0);
  #state: "greeting" | "ready" | "open" = "greeting";
  #missed: Missed<Cause> | undefined;

  constructor(socket: Socket, bounds: QueueBounds, events: SubscriberEvents<Cause>) {
    this.#socket = socket;
    this.#bounds = bounds;
    this.#events = events;
    socket.setNoDelay(true);
    socket.write(greeting);
    const impatience = setTimeout(() => {
      if (this.#state !== "open") socket.destroy();
    }, handshakeMs).unref();
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("drain", () => this.#caughtUp());
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      clearTimeout(impatience);
      events.onClose(this.#missed);
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk;
    try {
      this.#read();
    } catch {
      this.#socket.destroy(); // it does not speak ZeroMQ's protocol
    }
  }

  #read(): void {
    if (this.#state === "greeting") {
      if (this.#received.length < greeting.length) return;
      if (!isGreeting(this.#received)) throw new Error("no greeting");
      this.#received = this.#received.subarray(greeting.length);
      this.#state = "ready";
      this.#socket.write(encodeCommand("READY", encodeProperties({ "Socket-Type": "XPUB" })));
    }
    for (;;) {
      const next = readFrame(this.#received, longestFrame);
      if (!next) return;
      this.#received = this.#received.subarray(next.length);
      this.#take(next.frame);
    }
  }

  #take({ isCommand, hasMore, body }: Frame): void {
    const { name, data } = isCommand ? readCommand(body) : { name: "", data: body };
    if (this.#state === "ready") {
      const type = name === "READY" ? readProperties(data).get("socket-type") : undefined;
      if (type !== "SUB" && type !== "XSUB") throw new Error("no subscriber");
      this.#state = "open";
    } else if (name === "SUBSCRIBE") this.#subscribe(data);
    else if (name === "CANCEL") this.#cancel(data);
    else if (name === "PING") this.#pong(data.subarray(2));
    else if (name === "ERROR") throw new Error("the subscriber gave up");
    // Before version 3.1 a subscription is a message: 1 and the topic, or 0 to cancel. Whatever else it sends is its own.
    else if (!isCommand && !hasMore && body[0] === 1) this.#subscribe(body.subarray(1));
    else if (!isCommand && !hasMore && body[0] === 0) this.#cancel(body.subarray(1));
  }

  #subscribe(topic: Buffer): void {
    const key = topic.toString("latin1");
    this.#topics.set(key, (this.#topics.get(key) ?? 0) + 1);
    if (this.#topics.size > mostTopics) throw new RangeError("too many topics");
    this.#events.onSubscribe(topic);
  }

  #cancel(topic: Buffer): void {
    const key = topic.toString("latin1");
    const count = this.#topics.get(key) ?? 0;
    if (count > 1) this.#topics.set(key, count - 1);
    else this.#topics.delete(key);
  }

  #pong(context: Buffer): void {
    if (this.waiting <= this.#bounds.bytes) this.#socket.write(encodeCommand("PONG", context));
  }

  /** Bytes that wait for it. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  wants(topic: string): boolean {
    if (this.#topics.has("")) return true;
    for (const prefix of this.#topics.keys()) if (topic.startsWith(prefix)) return true;
    return false;
  }

  /** Writes a message, or counts it as missed when too much waits already. */
  write(pieces: readonly Buffer[], isEssential: boolean, cause: Cause | undefined): void {
    const bound = isEssential ? this.#bounds.essentialBytes : this.#bounds.bytes;
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // A message that is alone longer than the bound goes to whoever has read the others.
    if (this.waiting > 0 && this.waiting + bytes > bound) {
      this.#miss(bytes, cause);
      return;
    }
    if (pieces.length > 1) this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    if (pieces.length > 1) this.#socket.uncork();
  }

  #miss(bytes: number, cause: Cause | undefined): void {
    if (!this.#missed) this.#events.onMiss();
    const { messages = 0, bytes: before = 0 } = this.#missed ?? {};
    this.#missed = { messages: messages + 1, bytes: before + bytes, cause };
  }

  #caughtUp(): void {
    const missed = this.#missed;
    this.#missed = undefined;
    if (missed) this.#events.onCaughtUp(missed);
  }

  /** Ends it when it has read what waits, or at once after a while. */
  async close(lingerMs: number): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
    this.#socket.end(() => this.#socket.destroy());
    const impatience = setTimeout(() => this.#socket.destroy(), lingerMs);
    await closed;
    clearTimeout(impatience);
  }
}
