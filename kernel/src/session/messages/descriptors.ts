/** File descriptors the executor inherits besides the standard three. */
export const descriptors = { toServer: 3, fromServer: 4, watchdog: 5 } as const;
