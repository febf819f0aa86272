import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";

/** What a peer says first, by hand: version 3.0, no security, then its type. */
export const greeting = Buffer.from(
  `ff00000000000000017f0300${"4e554c4c".padEnd(40, "0")}${"00".repeat(32)}`,
  "hex",
);

/** Then its type. */
export const ready = (type: string) =>
  Buffer.from(
    `\x04${String.fromCharCode(22 + type.length)}\x05READY\x0bSocket-Type\0\0\0${String.fromCharCode(type.length)}${type}`,
    "latin1",
  );

/** Waits for what must come true. */
export async function until(condition: () => boolean, ms = 5000): Promise<void> {
  for (const end = Date.now() + ms; !condition() && Date.now() < end; ) await delay(5);
  expect(condition()).toBe(true);
}

/** A port that is free, as good as surely. */
export const somePort = () => 20_000 + Math.floor(Math.random() * 12_000);
