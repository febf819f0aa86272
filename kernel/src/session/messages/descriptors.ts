/**
 * File descriptors the executor inherits besides the standard three. Not the first ones, because cells and the
 * programs that they start count upwards from 3; not above 15, because up to there Node sees to it that those programs
 * do not inherit them in turn.
 */
export const descriptors = { toServer: 13, fromServer: 14, watchdog: 15 } as const;

type Stdio = "ignore" | "pipe";

/** How the executor is started with them; what lies between stays closed. */
export function executorStdio(): Stdio[] {
  const pipes = new Set<number>(Object.values(descriptors));
  const all = Array.from(
    { length: Math.max(...pipes) + 1 },
    (_, fd): Stdio => (pipes.has(fd) ? "pipe" : "ignore"),
  );
  all[1] = all[2] = "pipe";
  return all;
}
