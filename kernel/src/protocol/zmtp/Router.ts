import { createServer, type Server, type Socket } from "node:net";
import { encodeMessage } from "./frames.ts";
import { listen } from "./listen.ts";
import { type RouterBounds, RouterClient } from "./RouterClient.ts";

export interface RouterEvents {
  /** A whole message; its first frame is the identity of who sent it. */
  onMessage(frames: Uint8Array[]): void;
  /** What came is no message, or more than the bounds allow: it was left out, in one line why. */
  onRefusal(why: string): void;
  /** A message was not sent, because its client does not read. */
  onLoss(bytes: number): void;
}

const lingerMs = 1000;

/**
 * A socket that hears many clients and answers each by its identity, as ZeroMQ's ROUTER does. ZeroMQ's own takes a
 * message of any number of frames, two bytes each, before anybody can look at it, keeps any amount of answers for a
 * client that does not read them, and spins while no connection can be taken because files run out.
 */
export class Router {
  readonly #server: Server;
  readonly #clients = new Set<RouterClient>();
  /** Who has an identity; what is sent to it goes to the last of them, who spoke last. */
  readonly #byIdentity = new Map<string, RouterClient[]>();
  readonly #bounds: RouterBounds;
  #events: RouterEvents | undefined;
  #unnamed = 0;
  #unfinished = 0;

  constructor(bounds: RouterBounds) {
    this.#bounds = bounds;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = bounds.connections;
    this.#server.on("error", () => {}); // a connection that could not be taken, as when files run out
  }

  /** @param address as ZeroMQ writes it: `tcp://HOST:PORT` or `ipc://PATH` */
  bind(address: string): Promise<void> {
    return listen(this.#server, address);
  }

  /** What comes from now on; clients wait until then. */
  listen(events: RouterEvents): void {
    this.#events = events;
    for (const client of this.#clients) client.resume();
  }

  #accept(socket: Socket): void {
    const client: RouterClient = new RouterClient(socket, this.#bounds, {
      onOpen: (identity) => {
        const isNamed = identity !== "" && !identity.startsWith("\0");
        client.identity = isNamed ? Buffer.from(identity, "latin1") : this.#newIdentity();
        client.name = nameOf(client.identity);
        this.#byIdentity.set(client.name, [...(this.#byIdentity.get(client.name) ?? []), client]);
      },
      onMessage: (frames) => {
        this.#putLast(client);
        this.#events?.onMessage([client.identity, ...frames]);
      },
      onRefusal: (why) => this.#events?.onRefusal(why),
      onHeld: (more) => this.#hold(more),
      onClose: () => this.#forget(client),
    });
    this.#clients.add(client);
    if (!this.#events) socket.pause();
  }

  #newIdentity(): Buffer {
    const identity = Buffer.alloc(5); // a zero first: no client can name itself so
    identity.writeUInt32BE(++this.#unnamed >>> 0, 1);
    return identity;
  }

  #putLast(client: RouterClient): void {
    const all = this.#byIdentity.get(client.name);
    if (!all || all.at(-1) === client) return;
    all.splice(all.indexOf(client), 1);
    all.push(client);
  }

  /** Of those that began a message and did not end it, whoever has been silent longest makes room. */
  #hold(more: number): void {
    this.#unfinished += more;
    if (more <= 0 || this.#unfinished <= this.#bounds.unfinishedBytes) return;
    const holding = [...this.#clients].filter(({ held }) => held > 0);
    holding.sort((one, other) => one.lastHeard - other.lastHeard);
    for (const client of holding) {
      if (this.#unfinished <= this.#bounds.unfinishedBytes) return;
      client.end();
      this.#events?.onRefusal("connection ended: too many bytes of messages that do not end");
    }
  }

  #forget(client: RouterClient): void {
    this.#clients.delete(client);
    const all = this.#byIdentity.get(client.name);
    if (!all) return;
    const left = all.filter((each) => each !== client);
    if (left.length > 0) this.#byIdentity.set(client.name, left);
    else this.#byIdentity.delete(client.name);
  }

  /** Sends a message to whom its first frame names; nobody hears it who has left. */
  send([identity, ...frames]: readonly Uint8Array[]): void {
    const client = this.#byIdentity.get(nameOf(identity ?? new Uint8Array()))?.at(-1);
    if (!client) return;
    const pieces = encodeMessage(frames);
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // One that is alone longer than the bound goes to whoever has read the others.
    if (client.waiting > 0 && client.waiting + bytes > this.#bounds.waitingBytes) {
      this.#events?.onLoss(bytes);
      return;
    }
    client.write(pieces);
  }

  /** Ends when all clients have read what waits for them, or at once after a while. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#clients].map((client) => client.close(lingerMs)));
    await closed;
  }
}

const nameOf = (identity: Uint8Array) =>
  Buffer.from(identity.buffer, identity.byteOffset, identity.byteLength).toString("latin1");
