import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../report/chromium.ts";
import { bundlers, quiet, userFolder } from "./packed.ts";
import { expectRecorded } from "./recorded.ts";

type Target = "page" | "server" | "cjs";
type Build = (entry: string, folder: string, target: Target) => Promise<string[]>;

const { folder, remove } = userFolder("program");
const built = mkdtempSync(join(tmpdir(), "isoflop-bundles-"));
const { builders } = (await import(join(bundlers, "builders.js"))) as { builders: Record<string, Build> };
const names = Object.keys(builders);
let browser: Browser;
let inNode: string;

beforeAll(async () => {
  inNode = execFileSync(process.execPath, [join(folder, "core.server.mjs")], quiet);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(built, { recursive: true, force: true });
  remove();
});

/** Builds a program without a word from the bundler; the folder with the bundle, where no package lies around. */
async function build(name: string, program: string, target: Target): Promise<string> {
  const out = mkdtempSync(join(built, `${name.replace(" ", "")}-`));
  const entry = join(folder, `${program}.${target === "page" ? "page" : "server"}.mjs`);
  expect(await builders[name]!(entry, out, target)).toEqual([]);
  return out;
}

/** What a page answers; it may ask for nothing outside its folder. */
async function visit(out: string): Promise<Record<string, number>> {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => troubles.push(message.text()));
  await page.route("**", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/favicon.ico") return route.fulfill({ status: 204 });
    return route.fulfill({ path: join(out, path) });
  });
  await page.goto("http://bundle.test/index.html");
  const answer = await page.evaluate("answer");
  expect(troubles).toEqual([]);
  await page.close();
  return answer as Record<string, number>;
}

const run = (out: string) => {
  const file = readdirSync(out).find((name) => name.startsWith("out."))!;
  return execFileSync(process.execPath, [join(out, file)], quiet);
};

describe.each(names)("%s", (name) => {
  test("bundles fits and tables for a page, which finds the recorded numbers", async () => {
    expectRecorded(await visit(await build(name, "core", "page")), "core");
  });

  test("bundles a law written as text for a page", async () => {
    expectRecorded(await visit(await build(name, "formula", "page")), "formula");
  });

  test("bundles them for Node; run elsewhere, the file prints what the packages do, to the bit", async () => {
    expect(run(await build(name, "core", "server"))).toBe(inNode);
  });
});

test("one CommonJS file of everything, without a package around, prints the same as the packages", async () => {
  expect(run(await build("esbuild", "core", "cjs"))).toBe(inNode);
  expectRecorded(JSON.parse(run(await build("esbuild", "formula", "cjs"))), "formula");
});

test("plain Node finds the recorded numbers", () => {
  expectRecorded(JSON.parse(inNode), "core");
});

test("a bundle holds the tables that it uses and no other", async () => {
  const out = await build("esbuild", "core", "page");
  const text = readFileSync(join(out, "out.js"), "utf8");
  expect(text).toContain("n_params,n_tokens");
  expect(text.length).toBeLessThan(130_000);
});
