import type { Bundle } from "../messages/executorMessages.ts";

const mimeType = "application/vnd.isoflop.claim+json";

interface ClaimRecord {
  id: string;
}

/** The claims that were shown so far, the latest of each id; whoever listens is told of each new one. */
export class Claims {
  readonly #records = new Map<string, ClaimRecord>();
  readonly #listeners: ((claims: readonly ClaimRecord[]) => void)[] = [];

  listen(listener: (claims: readonly ClaimRecord[]) => void): void {
    this.#listeners.push(listener);
    if (this.#records.size > 0) listener([...this.#records.values()]);
  }

  /** Looks at what is shown. */
  notice({ data }: Bundle): void {
    const shown = data[mimeType];
    if (!shown) return;
    for (const record of Array.isArray(shown) ? shown : [shown]) this.#records.set(record.id, record);
    for (const listener of this.#listeners) listener([...this.#records.values()]);
  }
}
