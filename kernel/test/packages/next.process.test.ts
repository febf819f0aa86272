import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../report/chromium.ts";
import { bundlers, userFolder } from "./packed.ts";
import { expectRecorded } from "./recorded.ts";

const next = join(bundlers, "node_modules/next/dist/bin/next");
const { folder, remove } = userFolder("next", "program/core.mjs");
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  remove();
});

/** Starts what was built; the address it is served at. */
async function serve(env: NodeJS.ProcessEnv): Promise<{ server: ChildProcess; address: string }> {
  const server = spawn(process.execPath, [next, "start", "--port", "0"], { cwd: folder, env });
  for await (const line of createInterface(server.stdout!)) {
    const [address] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (address) return { server, address };
  }
  throw new Error("next start ended without an address");
}

test.each(["turbopack", "webpack"])(
  "next build with %s takes the packages in a page and in a route, and both find the recorded numbers",
  async (bundler) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", DIST: bundler };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [next, "build", `--${bundler}`], {
      cwd: folder,
      env,
    } as object);
    // On a machine for tests Next says that it found nothing of an earlier build.
    const said = `${stdout}${stderr}`.replace(/^.*No build cache found.*$/m, "");
    expect(said).not.toMatch(/warn|⚠|error/i);
    const { server, address } = await serve(env as NodeJS.ProcessEnv);
    try {
      const route = await fetch(`${address}/api/fit`);
      expectRecorded((await route.json()) as Record<string, number>, "core");
      const page = await browser.newPage();
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        if (!message.location().url.endsWith("/favicon.ico")) troubles.push(message.text());
      });
      await page.goto(address);
      const answer = await page.locator("output:not(:empty)").textContent();
      expectRecorded(JSON.parse(answer!), "core");
      expect(troubles).toEqual([]);
    } finally {
      server.kill();
    }
  },
  300_000, // a production build takes two cores half a minute, and shares them with other tests
);
