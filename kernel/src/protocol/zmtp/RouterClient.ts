import type { Socket } from "node:net";
import type { Frame } from "./frames.ts";
import { Peer } from "./Peer.ts";

export interface RouterBounds {
  /** Connections at a time. */
  connections: number;
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

export interface RouterClientEvents {
  onOpen(identity: string): void;
  onMessage(frames: Uint8Array[]): void;
  onRefusal(why: string): void;
  /** So many more bytes are kept for it, or fewer. */
  onHeld(more: number): void;
  onClose(): void;
}

const types: ReadonlySet<string> = new Set(["DEALER", "REQ", "ROUTER"]);

/** One connection to a router: puts frames together to messages. */
export class RouterClient {
  identity: Buffer = Buffer.alloc(0);
  /** The identity as a key. */
  name = "";
  /** When bytes of it came last. */
  lastHeard = performance.now();
  readonly #peer: Peer;
  readonly #socket: Socket;
  readonly #bounds: RouterBounds;
  readonly #events: RouterClientEvents;
  #frames: Uint8Array[] = [];
  #bytes = 0;
  /** Why the message that is coming is left out. */
  #refusal: string | undefined;
  /** What was said to be kept. */
  #told = 0;
  #isClosed = false;

  constructor(socket: Socket, bounds: RouterBounds, events: RouterClientEvents) {
    this.#socket = socket;
    this.#bounds = bounds;
    this.#events = events;
    const options = { socketType: "ROUTER", accepts: types, longestFrame: bounds.frameBytes };
    this.#peer = new Peer(socket, options, {
      onOpen: (properties) => events.onOpen(properties.get("identity") ?? ""),
      onFrame: (frame) => this.#take(frame),
      onCommand: () => {},
      onFault: (error) => events.onRefusal(`connection ended: ${error.message}`),
      onClose: () => {
        this.#isClosed = true;
        this.#tell();
        events.onClose();
      },
    });
    socket.on("data", () => {
      this.lastHeard = performance.now();
      this.#tell();
    });
  }

  #tell(): void {
    const more = this.held - this.#told;
    this.#told += more;
    if (more !== 0) this.#events.onHeld(more);
  }

  /** Bytes that it has not read yet. */
  get waiting(): number {
    return this.#peer.waiting;
  }

  /** Bytes of its message that is not whole yet. */
  get held(): number {
    return this.#isClosed ? 0 : this.#peer.held + this.#bytes;
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

  /** Lets go of it at once, and of what was kept of its message. */
  end(): void {
    this.#isClosed = true;
    this.#frames = [];
    this.#tell();
    this.#peer.end();
  }

  close(lingerMs: number): Promise<void> {
    return this.#peer.close(lingerMs);
  }
}
