import type { Bundle, CommMessage } from "../messages/executorMessages.ts";

/** What the session's functions need from the executor they run in. */
export interface Host {
  display(id: string, bundle: Bundle, update: boolean): void;
  clear(wait: boolean): void;
  /** Asks and blocks. */
  prompt(text: string, password: boolean): string;
  /** Asks and lets timers go on. */
  input(text: string, password: boolean): Promise<string>;
  comm(message: CommMessage): void;
  /** Calls back with all claims shown so far, now and whenever one is added. */
  onClaims(listener: (claims: readonly unknown[]) => void): void;
  /** Work that belongs to the running cell: the cell waits for it, and shows its error. */
  track(work: Promise<unknown>): void;
}

const key = Symbol.for("isoflop.host");

/** The executor, which a copy of this module loaded from another folder finds as well. */
export function host(): Host {
  const found = (globalThis as Record<symbol, unknown>)[key] as Host | undefined;
  if (!found) throw new Error("isoflop-kernel/session works only inside a cell of the isoflop kernel");
  return found;
}

export function setHost(host: Host): void {
  Object.defineProperty(globalThis, key, { value: host, configurable: true });
}
