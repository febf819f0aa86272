import type { Socket } from "node:net";
import { FrameParser } from "./FrameParser.ts";
import {
  encodeCommand,
  encodeProperties,
  type Frame,
  greeting,
  isGreeting,
  longestCommand,
  readCommand,
  readProperties,
} from "./frames.ts";
import { type Reader, readInTurn } from "./turns.ts";

const handshakeMs = 30_000;
/** Frames that are read at a time. */
const framesAtOnce = 64;
/** Silence after which the system asks whether the other side is still there. */
const keepAliveMs = 60_000;
/** Bytes of answers to pings that may wait. */
const waitingPongs = 65_536;

export interface PeerOptions {
  /** What this side is in ZeroMQ's terms. */
  socketType: string;
  /** Which types the other side may be. */
  accepts: ReadonlySet<string>;
  /** Bytes of its next frame. */
  longestFrame: number;
}

export interface PeerEvents {
  /** It has said who it is. */
  onOpen(properties: ReadonlyMap<string, string>): void;
  onFrame(frame: Frame): void;
  onCommand(name: string, data: Buffer): void;
  /** What it said breaks the protocol or a bound; it is let go. */
  onFault?(error: Error): void;
  onClose(): void;
}

/** A connection that speaks ZeroMQ's protocol: greets, hears who is there, and cuts what comes into frames. */
export class Peer implements Reader {
  readonly #socket: Socket;
  readonly #options: PeerOptions;
  readonly #events: PeerEvents;
  readonly #parser = new FrameParser();
  #state: "greeting" | "ready" | "open" = "greeting";
  /** It waits for its turn to be read. */
  #isInTurn = false;
  #isEnded = false;

  constructor(socket: Socket, options: PeerOptions, events: PeerEvents) {
    this.#socket = socket;
    this.#options = options;
    this.#events = events;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveMs);
    socket.write(greeting);
    const impatience = setTimeout(() => {
      if (this.#state !== "open") this.#fail(new Error(`it did not greet within ${handshakeMs / 1000} s`));
    }, handshakeMs).unref();
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      clearTimeout(impatience);
      events.onClose();
    });
  }

  #receive(chunk: Buffer): void {
    this.#parser.push(chunk);
    if (this.#isInTurn) return;
    this.#isInTurn = !readInTurn(this);
    if (this.#isInTurn) this.#socket.pause();
  }

  /** Reads some of what came; false when there may be more. */
  readSome(): boolean {
    try {
      return this.#isEnded || this.#read();
    } catch (error) {
      this.#fail(error as Error);
      return true;
    }
  }

  /** Everything that came has been read. */
  onRead(): void {
    this.#isInTurn = false;
    this.#socket.resume();
  }

  #fail(error: Error): void {
    this.end();
    this.#events.onFault?.(error);
  }

  #read(): boolean {
    if (this.#state === "greeting") {
      const bytes = this.#parser.take(greeting.length);
      if (!bytes) return true;
      if (!isGreeting(bytes)) throw new Error("no greeting of ZeroMQ 4 or later, without security");
      this.#state = "ready";
      const properties = encodeProperties({ "Socket-Type": this.#options.socketType });
      this.#socket.write(encodeCommand("READY", properties));
    }
    const longest = () => (this.#state === "open" ? this.#options.longestFrame : longestCommand);
    let count = 0;
    for (const frame of this.#parser.frames(longest)) {
      this.#take(frame);
      if (this.#isEnded) return true;
      if (++count === framesAtOnce) return false;
    }
    return true;
  }

  #take(frame: Frame): void {
    if (this.#state === "open" && !frame.isCommand) {
      this.#events.onFrame(frame);
      return;
    }
    const { name, data } = frame.isCommand ? readCommand(frame.body) : { name: "", data: frame.body };
    if (this.#state === "ready") {
      const properties = name === "READY" ? readProperties(data) : new Map<string, string>();
      const type = properties.get("socket-type");
      if (type === undefined || !this.#options.accepts.has(type)) throw new Error("another type of socket");
      this.#state = "open";
      this.#events.onOpen(properties);
    } else if (name === "PING") this.#pong(data.subarray(2));
    else if (name === "ERROR") throw new Error("the other side gave up");
    else this.#events.onCommand(name, data);
  }

  #pong(context: Buffer): void {
    if (this.waiting <= waitingPongs) this.#socket.write(encodeCommand("PONG", context));
  }

  /** Bytes that it has not read yet. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  /** Bytes of it that are kept until they are a frame. */
  get held(): number {
    return this.#parser.held;
  }

  write(pieces: readonly Buffer[]): void {
    if (pieces.length > 1) this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    if (pieces.length > 1) this.#socket.uncork();
  }

  /** Calls back when what waits now has been read. */
  whenRead(callback: () => void): void {
    this.#socket.write("", (error) => {
      if (!error) callback();
    });
  }

  /** Lets go of it at once. */
  end(): void {
    this.#isEnded = true;
    this.#socket.destroy();
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
