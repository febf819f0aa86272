import { expect } from "vitest";

/** What shall become so within the time that a busy machine may take. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 40_000 });
