import type { Socket } from "node:net";
import type { Frame } from "./frames.ts";
import { Peer } from "./Peer.ts";

/** Nobody subscribes to a longer topic, and nobody to more of them: each client's are kept as long as it stays. */
const longestTopic = 256;
const mostTopics = 64;
/** Where more waits already, a greeting is left out. */
const waitingGreetings = 65_536;
const subscribers: ReadonlySet<string> = new Set(["SUB", "XSUB"]);

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

/** One client of a publishing socket: hears what it subscribes to, writes to it what it reads in time. */
export class Subscriber<Cause> {
  readonly #peer: Peer;
  readonly #events: SubscriberEvents<Cause>;
  readonly #bounds: QueueBounds;
  readonly #topics = new Map<string, number>();
  #missed: Missed<Cause> | undefined;

  constructor(socket: Socket, bounds: QueueBounds, events: SubscriberEvents<Cause>) {
    this.#bounds = bounds;
    this.#events = events;
    const options = {
      socketType: "XPUB",
      accepts: subscribers,
      longestFrame: longestTopic + 1,
    };
    this.#peer = new Peer(socket, options, {
      onOpen: () => {},
      onFrame: (frame) => this.#take(frame),
      onCommand: (name, topic) => {
        if (name === "SUBSCRIBE") this.#subscribe(topic);
        else if (name === "CANCEL") this.#cancel(topic);
      },
      onClose: () => events.onClose(this.#missed),
    });
  }

  /** Before version 3.1 a subscription is a message: 1 and the topic, or 0 to cancel. Whatever else it sends is its own. */
  #take({ hasMore, body }: Frame): void {
    if (!hasMore && body[0] === 1) this.#subscribe(body.subarray(1));
    else if (!hasMore && body[0] === 0) this.#cancel(body.subarray(1));
  }

  #subscribe(topic: Buffer): void {
    if (topic.length > longestTopic) throw new RangeError(`a topic of ${topic.length} bytes`);
    const key = topic.toString("latin1");
    const count = this.#topics.get(key) ?? 0;
    this.#topics.set(key, count + 1);
    if (this.#topics.size > mostTopics) throw new RangeError("too many topics");
    if (count === 0 && this.waiting <= waitingGreetings) this.#events.onSubscribe(topic);
  }

  #cancel(topic: Buffer): void {
    const key = topic.toString("latin1");
    const count = this.#topics.get(key) ?? 0;
    if (count > 1) this.#topics.set(key, count - 1);
    else this.#topics.delete(key);
  }

  /** Bytes that wait for it. */
  get waiting(): number {
    return this.#peer.waiting;
  }

  wants(topic: string): boolean {
    if (this.#topics.has("")) return true;
    for (const prefix of this.#topics.keys()) if (topic.startsWith(prefix)) return true;
    return false;
  }

  /**
   * Writes a message, or counts it as missed when too much waits already.
   *
   * @param share of the bounds that this client has
   */
  write(pieces: readonly Buffer[], isEssential: boolean, cause: Cause | undefined, share = 1): void {
    const bound = share * (isEssential ? this.#bounds.essentialBytes : this.#bounds.bytes);
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // A message that is alone longer than the bound goes to whoever has read the others.
    if (this.waiting > 0 && this.waiting + bytes > bound) {
      this.#miss(bytes, cause);
      return;
    }
    this.#peer.write(pieces);
  }

  #miss(bytes: number, cause: Cause | undefined): void {
    if (!this.#missed) {
      this.#events.onMiss();
      this.#peer.whenRead(() => this.#caughtUp());
    }
    const { messages = 0, bytes: before = 0 } = this.#missed ?? {};
    this.#missed = { messages: messages + 1, bytes: before + bytes, cause };
  }

  #caughtUp(): void {
    if (this.waiting > 0) {
      this.#peer.whenRead(() => this.#caughtUp());
      return;
    }
    const missed = this.#missed;
    this.#missed = undefined;
    if (missed) this.#events.onCaughtUp(missed);
  }

  /** Ends it when it has read what waits, or at once after a while. */
  close(lingerMs: number): Promise<void> {
    return this.#peer.close(lingerMs);
  }
}
