import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chinchillaFigure4 } from "isoflop-datasets";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import * as isoflop from "../../dist/index.js";

// What a page needs to fit a law, plan with it and say how sure it is. (Reloading saved fits needs every built-in law
// and adds 20 kB.)
const core = `export { asymmetric, chinchilla, computeOptimal, fit, huber, l1, logCosh, powerLaw, squared }
  from ${JSON.stringify(fileURLToPath(new URL("../../dist/index.js", import.meta.url)))};`;

async function bundle(globalName?: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: core, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    platform: "browser",
    ...(globalName ? { format: "iife", globalName } : { format: "esm" }),
    logOverride: { "empty-import-meta": "silent" },
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Runs in Node and, as text, in the page: it may use nothing but its arguments. */
async function figures(
  { chinchilla, computeOptimal, fit, huber, l1 }: typeof isoflop,
  runs: { nParams: number; nTokens: number; loss: number }[],
) {
  const found = fit(chinchilla, runs, { loss: huber(1e-3) });
  const replicates = await found.bootstrap({ resamples: 60, seed: 3, threads: 4 });
  const optimum = computeOptimal(found, { flops: 5.88e23 });
  return {
    exact: [
      found.objective,
      ...Object.values(found.parameters),
      found.predict({ nParams: 70e9, nTokens: 1.4e12 }),
      optimum.nParams,
      optimum.loss,
      // L1 has a corner at its minimum: only the objective is determined to the last digits.
      fit(chinchilla, runs, { loss: l1() }).objective,
    ],
    // Numeric derivatives and searches that stop at a tolerance magnify the last bit in which engines' exp differ.
    searched: [
      ...Object.values(found.covariance().standardErrors),
      ...found.profile("alpha").interval,
      ...Object.values(replicates.standardErrors),
    ],
  };
}

test("the core with every loss and a second law is at most 77 kB minified", async () => {
  expect((await bundle()).length).toBeLessThanOrEqual(77_000);
});

test("in Chromium it gives the numbers of Node to 1e-12, the bootstrap on the page's one thread", async () => {
  const runs = chinchillaFigure4()
    .filter((run) => !run.isOutlier)
    .map(({ nParams, nTokens, loss }) => ({ nParams, nTokens, loss }));
  const here = await figures(isoflop, runs);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle("isoflop") });
    const there = (await page.evaluate(
      `(${figures.toString()})(isoflop, ${JSON.stringify(runs)})`,
    )) as typeof here;
    const distance = (ours: number[], theirs: number[]) =>
      Math.max(...ours.map((value, k) => Math.abs(theirs[k]! / value - 1)));
    expect(distance(here.exact, there.exact)).toBeLessThan(1e-12);
    expect(distance(here.searched, there.searched)).toBeLessThan(1e-6);
  } finally {
    await browser.close();
  }
});
