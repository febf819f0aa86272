import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, visit } from "../../kernel/test/report/chromium.ts";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const output = mkdtempSync(join(tmpdir(), "isoflop-chinchilla-"));
let browser: Browser;
let run: ReturnType<typeof spawnSync>;

beforeAll(async () => {
  const args = ["report", path("notebooks/chinchilla.ipynb"), "-o", output, "--scoreboard"];
  run = spawnSync(process.execPath, [path("kernel/bin/isoflop.js"), ...args], { encoding: "utf8" });
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test("the Chinchilla notebook runs, prints its scoreboard and writes its claims as data", () => {
  expect(run).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^chinchilla +\d+ +\d+ +\d+ +[\d.]+$/m),
  });
  const claims = JSON.parse(readFileSync(join(output, "claims.json"), "utf8"));
  expect(claims.length).toBeGreaterThan(20);
  for (const claim of claims) {
    expect(Object.keys(claim)).toEqual([
      "notebook",
      "id",
      "source",
      "published",
      "reproduced",
      "tolerance",
      "verdict",
      "note",
    ]);
    expect(claim).toMatchObject({
      notebook: "chinchilla",
      verdict: expect.stringMatching(/^(reproduced|differs|not checkable)$/),
    });
    if (claim.verdict !== "reproduced") expect(claim.note).not.toBe("");
  }
  expect(new Set(claims.map(({ id }: { id: string }) => id)).size).toBe(claims.length);
});

test("its report draws every figure and the panel, asks for nothing and reports no error", async () => {
  const { page, requests, errors } = await visit(browser, join(output, "chinchilla.html"));
  const figures = await page.locator("[data-plot]").count();
  expect(figures).toBeGreaterThanOrEqual(4);
  const empty = await page
    .locator("[data-plot]")
    .evaluateAll(
      (areas) =>
        areas.filter(
          (area) => !area.querySelector(".main-svg :is(.scatterlayer, .contourlayer, .heatmaplayer) path"),
        ).length,
    );
  expect(empty).toBe(0);
  await page.locator("[data-widget][data-mounted] [data-drawn]").waitFor();
  const numbers = await page.locator(".figure-number").allTextContents();
  expect(numbers).toEqual(Array.from({ length: figures + 1 }, (_, i) => `Figure ${i + 1}`));
  expect(await page.getByRole("button", { name: /share|upload/i }).count()).toBe(0);
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
});
