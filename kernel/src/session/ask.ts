import { cellNumber, send } from "./channel.ts";
import { KeyboardInterrupt } from "./keyboardInterrupt.ts";
import type { Watchdog } from "./startWatchdog.ts";

/** Asks the person in front of the notebook and waits, as `prompt` does in a browser; an interrupt ends it. */
export function ask(prompt: string, password: boolean, { input, interrupted }: Watchdog): string {
  const before = Atomics.load(interrupted, 0);
  Atomics.store(input, 0, 0);
  send({ type: "input", cell: cellNumber(), prompt, password });
  while (Atomics.load(input, 0) === 0) {
    if (Atomics.load(interrupted, 0) !== before) throw new KeyboardInterrupt();
    Atomics.wait(input, 0, 0, 500);
  }
  const length = Atomics.load(input, 1);
  return Buffer.from(new Uint8Array(input.buffer, 8, length)).toString();
}
