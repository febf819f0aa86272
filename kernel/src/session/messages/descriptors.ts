/**
 * File descriptors the executor inherits besides the standard three. Not the first ones, because cells and the
 * programs that they start count upwards from 3; not above 15, because up to there Node sees to it that those programs
 * do not inherit them in turn.
 */
export const descriptors = { toServer: 13, fromServer: 14, watchdog: 15 } as const;

type Stdio = "ignore" | "pipe" | number;

/** How the executor is started with them, and with open files at given places; what lies between stays closed. */
export function executorStdio(files: Readonly<Record<number, number>> = {}): Stdio[] {
  const given = new Map<number, Stdio>([1, 2, ...Object.values(descriptors)].map((fd) => [fd, "pipe"]));
  for (const [place, file] of Object.entries(files)) given.set(Number(place), file);
  return Array.from({ length: Math.max(...given.keys()) + 1 }, (_, fd) => given.get(fd) ?? "ignore");
}
