import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isOwnerDead, ownerMark } from "../../src/files/deadOwner.ts";
import { writeFileAtomically } from "../../src/notebook/writeFileAtomically.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const writer = here("../../../bench/soak/killPoints/write.mjs");
const preload = here("../../../bench/soak/killPoints/stopAtOperation.cjs");

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-left-over-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});
const temporaries = () => readdirSync(folder).filter((name) => name.endsWith(".tmp"));
const until = async (isSo: () => boolean) => {
  for (let k = 0; k < 1000 && !isSo(); k++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
};
const statOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");

/** A writer that stops, alive, once half of its file is there. */
async function stoppedWriter(): Promise<ChildProcess> {
  const env = { ...process.env, STOP_AT: "3", STOP_HOW: "SIGSTOP", STOP_BELOW: folder, STOP_COUNT: "" };
  const args = ["--require", preload, writer, "file", folder, "x"];
  const child = spawn(process.execPath, args, { env, stdio: "ignore" });
  children.push(child);
  await until(() => statOf(child.pid!)[2] === "T");
  return child;
}

test.runIf(existsSync("/proc/self/stat"))(
  "the file of a writer that lives, however long it takes, stays until it is done or killed",
  async () => {
    const [first, second] = [await stoppedWriter(), await stoppedWriter()];
    expect(temporaries()).toHaveLength(2);
    writeFileAtomically(join(folder, "a"), "a");
    expect(temporaries()).toHaveLength(2);
    first.kill("SIGCONT");
    expect(await once(first, "exit")).toEqual([0, null]);
    expect(readFileSync(join(folder, "file.txt"), "utf8")).toHaveLength(200_000);
    expect(temporaries()).toHaveLength(1);
    second.kill("SIGKILL");
    await once(second, "exit");
    expect(temporaries()).toHaveLength(1);
    const next = spawnSync(process.execPath, [writer, "file", folder, "y"]);
    expect(next.status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["a", "file.txt"]);
  },
);

test.runIf(existsSync("/proc/self/stat"))(
  "a process that has ended is dead also while its parent has not looked",
  async () => {
    // The shell becomes a sleep that never asks what became of the child.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 20"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(parent);
    const [line] = await once(parent.stdout!, "data");
    const pid = Number(line);
    await until(() => statOf(pid)[2] === "Z");
    const [home] = ownerMark().split("-");
    expect(isOwnerDead(`${home}-${pid}-${statOf(pid)[21]}`)).toBe(true);
    expect(isOwnerDead(`${home}-${parent.pid}-${statOf(parent.pid!)[21]}`)).toBe(false);
  },
);

test("who runs in another container is not known to be dead, although its number may be nobody's here", (context) => {
  const module = new URL("../../dist/files/deadOwner.js", import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(({ ownerMark }) => console.log(ownerMark()))`;
  const { stdout, status } = spawnSync(
    "unshare",
    ["--pid", "--fork", "--mount-proc", process.execPath, "-e", script],
    { encoding: "utf8" },
  );
  context.skip(status !== 0, "this machine makes no namespace for processes");
  expect(stdout).toMatch(/^[0-9a-f]{12}-\d+-\d+\n$/);
  expect(stdout.slice(0, 12)).not.toBe(ownerMark().slice(0, 12));
  expect(isOwnerDead(stdout.trim())).toBe("unknown");
});
