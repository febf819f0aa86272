import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const module = new URL("../../dist/session/watchdog/ownDescriptors.js", import.meta.url).href;

/** What it says of each descriptor that wakes the process, after that was done to it in a process of its own. */
function after(work: string): Set<string> {
  const code = `
    import { closeSync, openSync, readdirSync, readlinkSync, writeSync } from "node:fs";
    import { Worker } from "node:worker_threads";
    import { ownDescriptors } from "${module}";
    const isIntact = ownDescriptors();
    const own = readdirSync("/proc/self/fd").filter((fd) => {
      try { return /^(anon_inode|pipe):/.test(readlinkSync("/proc/self/fd/" + fd)); } catch { return false; }
    });
    const fd = Number(own[process.argv[1]] ?? -1);
    if (fd > 2) { ${work} }
    writeSync(1, fd < 0 ? "none" : fd > 2 ? String(isIntact()) : "");
    process.kill(process.pid, "SIGKILL");`;
  const said = new Set<string>();
  for (let at = 0; ; at += 3) {
    let one = "";
    try {
      one = execFileSync(process.execPath, ["--input-type=module", "-e", code, String(at)], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch (error) {
      one = (error as { stdout: string }).stdout;
    }
    if (one === "none") return said;
    if (one) said.add(one);
    else if (at > 100) throw new Error("it says nothing");
  }
}

describe.runIf(process.platform === "linux")("the descriptors that wake a process", () => {
  it.each([
    ["intact where none can be opened", "try { for (;;) openSync('/dev/null'); } catch {}", "true"],
    ["intact beside another thread's", "new Worker('0', { eval: true });", "true"],
    [
      "not so once another thread's have their place",
      "closeSync(fd); new Worker('0', { eval: true });",
      "false",
    ],
    ["not so once another file has its place", "closeSync(fd); openSync('/dev/null');", "false"],
  ])("are %s", (_, work, expected) => {
    expect([...after(work)]).toEqual([expected]);
  });
});
