const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A signal that Ctrl-C (or a polite kill, or a terminal that closes) gives the first time; the second time the program ends as usual. */
export function abortOnInterrupt(onFirst: () => void): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = () => {
    dispose();
    onFirst();
    controller.abort();
  };
  const dispose = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  for (const signal of signals) process.on(signal, stop);
  return { signal: controller.signal, dispose };
}
