import { createServer, type Server, type Socket } from "node:net";
import { encodeMessage, type Frame } from "./frames.ts";
import { listen } from "./listen.ts";
import { Peer } from "./Peer.ts";

export interface RouterBounds {
  /** Bytes of one frame. A longer one ends its connection, by the length it announces. */
  frameBytes: number;
  /** Frames of one message. */
  frames: number;
  /** Bytes of one message. */
  messageBytes: number;
  /** Bytes of unfinished messages of all connections together. */
  unfinishedBytes: number;
  /** Bytes that may wait for one client that does not read. */
  waitingBytes: number;
}

export interface RouterEvents {
  /** A whole message; its first frame is the identity of who sent it. */
  onMessage(frames: Uint8Array[]): void;
  /** What came is no message, or more than the bounds allow: it was left out, in one line why. */
  onRefusal(why: string): void;
  /** A message was not sent, because its client does not read. */
  onLoss(bytes: number): void;
}

const lingerMs = 1000;
const clients: ReadonlySet<string> = new Set(["DEALER", "REQ", "ROUTER"]);

/**
 * A socket that hears many clients and answers each by its identity, as ZeroMQ's ROUTER does. ZeroMQ's own takes a
 * message of any number of frames, two bytes each, before anybody can look at it, keeps any amount of answers for a
 * client that does not read them, and spins while no connection can be taken because files run out.
 */
export class Router {
  readonly #server: Server;
  readonly #clients = new Set<Client>();
  /** Who gets what is sent to an identity: the one of that name who spoke last. */
  readonly #byIdentity = new Map<string, Client>();
  readonly #bounds: RouterBounds;
  #events: RouterEvents | undefined;
  #unnamed = 0;

  constructor(bounds: RouterBounds) {
    this.#bounds = bounds;
    this.#server = createServer((socket) => this.#accept(socket));
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
    const client: Client = new Client(socket, this.#bounds, {
      onOpen: (identity) => {
        const isNamed = identity !== "" && !identity.startsWith("\0");
        client.identity = isNamed ? Buffer.from(identity, "latin1") : this.#newIdentity();
        this.#byIdentity.set(client.name, client);
      },
      onMessage: (frames) => {
        this.#byIdentity.set(client.name, client);
        this.#events?.onMessage([client.identity, ...frames]);
      },
      onRefusal: (why) => this.#events?.onRefusal(why),
      mayHold: () => this.#unfinished() <= this.#bounds.unfinishedBytes,
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

  #unfinished(): number {
    let sum = 0;
    for (const client of this.#clients) sum += client.held;
    return sum;
  }

  #forget(client: Client): void {
    this.#clients.delete(client);
    if (this.#byIdentity.get(client.name) !== client) return;
    this.#byIdentity.delete(client.name);
    for (const other of this.#clients) {
      if (other.name === client.name) this.#byIdentity.set(other.name, other);
    }
  }

  /** Sends a message to whom its first frame names; nobody hears it who has left. */
  send([identity, ...frames]: readonly Uint8Array[]): void {
    const client = this.#byIdentity.get(nameOf(identity ?? new Uint8Array()));
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

interface ClientEvents {
  onOpen(identity: string): void;
  onMessage(frames: Uint8Array[]): void;
  onRefusal(why: string): void;
  mayHold(): boolean;
  onClose(): void;
}

/** How much of an unfinished message is kept without asking how much all others have. */
const unasked = 2 ** 20;

/** One connection to a router: puts frames together to messages. */
class Client {
  identity: Buffer = Buffer.alloc(0);
  readonly #peer: Peer;
  readonly #socket: Socket;
  readonly #bounds: RouterBounds;
  readonly #events: ClientEvents;
  #frames: Uint8Array[] = [];
  #bytes = 0;
  /** Why the message that is coming is left out. */
  #refusal: string | undefined;

  constructor(socket: Socket, bounds: RouterBounds, events: ClientEvents) {
    this.#socket = socket;
    this.#bounds = bounds;
    this.#events = events;
    const options = {
      socketType: "ROUTER",
      accepts: clients,
      longestFrame: () => bounds.frameBytes,
      waitingBytes: bounds.waitingBytes,
    };
    this.#peer = new Peer(socket, options, {
      onOpen: (properties) => events.onOpen(properties.get("identity") ?? ""),
      onFrame: (frame) => this.#take(frame),
      onCommand: () => {},
      onDrain: () => {},
      onFault: (error) => events.onRefusal(`connection ended: ${error.message}`),
      onClose: () => events.onClose(),
    });
    socket.on("data", () => {
      if (this.held <= unasked || events.mayHold()) return;
      this.#peer.end();
      events.onRefusal("connection ended: too many bytes of messages that do not end");
    });
  }

  /** What its identity is kept under. */
  get name(): string {
    return nameOf(this.identity);
  }

  get waiting(): number {
    return this.#peer.waiting;
  }

  /** Bytes of its message that is not whole yet. */
  get held(): number {
    return this.#peer.held + this.#bytes;
  }

  #take({ body, hasMore }: Frame): void {
    const { frames, messageBytes } = this.#bounds;
    this.#bytes += body.length;
    if (this.#frames.length === frames) this.#refuse(`more than ${frames} frames`);
    else if (this.#bytes > messageBytes) this.#refuse(`a message of more than ${messageBytes} bytes`);
    else if (this.#refusal === undefined) this.#frames.push(body);
    if (this.#refusal !== undefined) this.#bytes = 0;
    if (hasMore) return;
    const whole = this.#frames;
    const refusal = this.#refusal;
    this.#frames = [];
    this.#bytes = 0;
    this.#refusal = undefined;
    if (refusal === undefined) this.#events.onMessage(whole);
    else this.#events.onRefusal(refusal);
  }

  #refuse(why: string): void {
    this.#refusal ??= why;
    this.#frames = [];
  }

  resume(): void {
    this.#socket.resume();
  }

  write(pieces: readonly Buffer[]): void {
    this.#peer.write(pieces);
  }

  close(lingerMs: number): Promise<void> {
    return this.#peer.close(lingerMs);
  }
}
