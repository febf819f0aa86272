import { createServer, type Server, type Socket } from "node:net";
import { encodeMessage } from "./frames.ts";
import { listen } from "./listen.ts";
import { type Missed, type QueueBounds, Subscriber } from "./Subscriber.ts";

export interface PublisherEvents<Cause> {
  /** A client subscribed and can hear from now on; `write` sends to it alone. */
  onSubscribe(topic: Buffer, write: (frames: readonly Uint8Array[]) => void): void;
  /** A client reads too slowly and begins to miss messages. */
  onMiss(): void;
  /** What to tell a client that reads again. */
  onCaughtUp(missed: Missed<Cause>): readonly Uint8Array[];
  /** A client left without hearing what it missed. */
  onLoss(missed: Missed<Cause>): void;
}

const lingerMs = 1000;
const mostConnections = 1024;
/** Where more waits, a client counts as one that does not read. */
const stalledBytes = 65_536;
/** So many that do not read have the whole bounds each; more share them. */
const stalledInFull = 4;

/**
 * The socket on which a kernel publishes, as ZeroMQ's XPUB speaks. ZeroMQ's own bounds what waits for a client by a
 * number of messages of any length, or not at all, and drops for whom and what it does not say. This one bounds bytes,
 * for each client by itself, and tells each what it missed.
 */
export class Publisher<Cause> {
  readonly #server: Server;
  readonly #subscribers = new Set<Subscriber<Cause>>();

  readonly #bounds: QueueBounds;
  readonly #events: PublisherEvents<Cause>;

  constructor(bounds: QueueBounds, events: PublisherEvents<Cause>) {
    this.#bounds = bounds;
    this.#events = events;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = mostConnections;
    this.#server.on("error", () => {}); // a connection that could not be taken, as when files run out
  }

  #accept(socket: Socket): void {
    const events = this.#events;
    const write = (frames: readonly Uint8Array[], cause?: Cause) =>
      subscriber.write(encodeMessage(frames), true, cause, this.#share());
    const subscriber: Subscriber<Cause> = new Subscriber(socket, this.#bounds, {
      onSubscribe: (topic) => events.onSubscribe(topic, write),
      onMiss: () => events.onMiss(),
      onCaughtUp: (missed) => write(events.onCaughtUp(missed), missed.cause),
      onClose: (missed) => {
        this.#subscribers.delete(subscriber);
        if (missed) events.onLoss(missed);
      },
    });
    this.#subscribers.add(subscriber);
  }

  /** @param address as ZeroMQ writes it: `tcp://HOST:PORT` or `ipc://PATH` */
  bind(address: string): Promise<void> {
    return listen(this.#server, address);
  }

  /**
   * Sends a message to everybody whose topic its first frame begins with. An essential one also reaches those who read
   * too slowly for the others. `cause` comes back with what a client missed.
   */
  publish(frames: readonly Uint8Array[], isEssential: boolean, cause?: Cause): void {
    if (this.#subscribers.size === 0) return;
    const topic = Buffer.from(frames[0] as Uint8Array).toString("latin1");
    const share = this.#share();
    let pieces: Buffer[] | undefined;
    for (const subscriber of this.#subscribers) {
      if (!subscriber.wants(topic)) continue;
      pieces ??= encodeMessage(frames);
      subscriber.write(pieces, isEssential, cause, share);
    }
  }

  /** Clients may have stopped reading at different moments, so that what waits for them is not the same. */
  #share(): number {
    let stalled = 0;
    for (const { waiting } of this.#subscribers) if (waiting > stalledBytes) stalled++;
    return Math.min(1, stalledInFull / stalled);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#subscribers].map((each) => each.close(lingerMs)));
    await closed;
  }
}
