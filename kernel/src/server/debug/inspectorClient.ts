type Send = (message: { type: "inspect"; id: number; method: string; params: object }) => void;

/** Chrome DevTools Protocol to the executor, carried by its watchdog, so that it answers while code is stopped. */
export class InspectorClient {
  readonly #send: Send;
  readonly #waiting = new Map<number, { resolve(result: never): void; reject(error: Error): void }>();
  #id = 0;

  constructor(send: Send) {
    this.#send = send;
  }

  post<T = Record<string, never>>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: "inspect", id, method, params });
    });
  }

  onReply({ id, result, error }: { id: number; result?: unknown; error?: string }): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(error));
  }

  /** The executor is gone: nothing that was asked will be answered. */
  reset(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("the session ended"));
    this.#waiting.clear();
  }
}
