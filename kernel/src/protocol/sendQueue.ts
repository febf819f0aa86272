interface Sender {
  send(frames: Uint8Array[]): Promise<void>;
}

/**
 * Sends one message after another. A zeromq socket refuses a second send while one waits (EBUSY), and does
 * wait now and then even on sockets without a high-water mark.
 */
export class SendQueue {
  readonly #socket: Sender;
  readonly #waiting: Uint8Array[][] = [];
  #draining: Promise<void> | undefined;

  constructor(socket: Sender) {
    this.#socket = socket;
  }

  push(frames: Uint8Array[]): void {
    this.#waiting.push(frames);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      for (let frames = this.#waiting.shift(); frames; frames = this.#waiting.shift()) {
        await this.#socket.send(frames).catch(() => {}); // a client that went away, or the socket is closing
      }
    } finally {
      this.#draining = undefined;
    }
  }

  /** Resolves when all that was pushed has been handed to ZeroMQ. */
  async flushed(): Promise<void> {
    while (this.#draining) await this.#draining;
  }
}
