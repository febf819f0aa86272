import { inspect } from "node:util";

/**
 * What nobody else caught is reported, and the kernel goes on: nothing that comes in may end it. For after it listens;
 * before that a fault must end it, or whoever started it would wait.
 */
export function installLastResort(report: (text: string) => void): void {
  process.on("uncaughtException", (error) => {
    try {
      report(describe(error));
    } catch {
      // the report failed: there is nobody left to tell
    }
  });
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {}); // nobody reads it any more
}

const longest = 4000;

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return text.slice(0, longest);
}
