/** A JSON value nobody has checked yet: what came over a socket or out of a file. */
// biome-ignore lint/suspicious/noExplicitAny: unknown would ask for a cast at every level of a message.
export type UncheckedJson = any;
