/**
 * What becomes of output that nobody can take. A reader that has seen enough (`isoflop fit runs.csv | head -1`) is no
 * failure: the rest is not printed, the work is done all the same, and the exit code says how that went. Anything else,
 * such as a full disk, is told once on stderr and makes the exit code 1.
 */
export function tellLostOutput({ stdout, stderr }: NodeJS.Process = process): void {
  let isTold = false;
  stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || isTold) return;
    isTold = true;
    process.exitCode = 1;
    const why = code === "ENOSPC" ? "no space is left on the disk" : message;
    stderr.write(`isoflop: the output cannot be written: ${why}\n`);
  });
  // There is nowhere left to say it.
  stderr.on("error", () => {});
}
