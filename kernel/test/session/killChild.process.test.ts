import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const dist = new URL("../../dist/", import.meta.url).href;

/** Runs a module, in a process group of its own, that has all but some descriptors open. */
function withFewDescriptors(spare: number, work: string) {
  const code = `
    import { closeSync, openSync } from "node:fs";
    ${work}
    const open = [];
    try {
      for (;;) open.push(openSync("/dev/null"));
    } catch {}
    for (let n = 0; n < ${spare}; n++) closeSync(open.pop());
    console.log("began");
    try {
      await attempt();
    } catch (error) {
      console.log(error.message);
    }
    for (const descriptor of open) try { closeSync(descriptor); } catch {}
    await new Promise((resolve) => setTimeout(resolve, 100));
    console.log("lives");
    process.exit();`;
  const { stdout, signal } = spawnSync(
    "sh",
    ["-c", 'ulimit -n 60; exec "$0" --input-type=module -e "$1"', process.execPath, code],
    { encoding: "utf8", detached: true, timeout: 20_000 },
  );
  return { stdout, signal };
}

const attempts: Record<string, string> = {
  killChild: `
    import { spawn } from "node:child_process";
    import { killChild } from "${dist}session/processes/killChild.js";
    async function attempt() {
      const child = spawn("sleep", ["5"]);
      child.on("error", () => {});
      if (child.pid === undefined) console.log("not started");
      killChild(child, "SIGKILL");
    }`,
  "the reader of long cells": `
    import { ReaderProcess } from "${dist}language/reader/ReaderProcess.js";
    async function attempt() {
      const reader = new ReaderProcess();
      console.log(await reader.ask("isComplete", "1 + 1").catch((error) => error.message));
      reader.dispose();
    }`,
};

describe("a process that cannot be started for want of descriptors takes nobody with it", () => {
  it.each(Object.keys(attempts))("%s", (name) => {
    for (const spare of [0, 2, 4]) {
      const { stdout, signal } = withFewDescriptors(spare, attempts[name] as string);
      expect({ spare, signal, stdout }).toMatchObject({
        signal: null,
        stdout: expect.stringMatching(/lives/),
      });
    }
  });

  it("and no other place signals a child", () => {
    const sources = fileURLToPath(new URL("../../src/", import.meta.url));
    const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const places = files.filter((name) =>
      /child\??\.kill\(/i.test(readFileSync(`${sources}${name}`, "utf8")),
    );
    expect(places).toEqual(["session/processes/killChild.ts"]);
  });
});
