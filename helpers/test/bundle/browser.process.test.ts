import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";

const figure4 = fileURLToPath(new URL("../../../datasets/tables/chinchilla_figure4.csv", import.meta.url));

/** One ES module in the form a page loads, from the built package as a bundler for browsers finds it by its name. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
  });
  return outputFiles[0]!.text;
}

describe("in a browser", () => {
  test("the core (fit, bootstrap, profile, optimum, one law) takes at most 75 kB minified", async () => {
    const text = await bundle('export { fit, chinchilla, huber, computeOptimal } from "isoflop";');
    expect(text.length).toBeLessThanOrEqual(75_000);
    // Built-in modules may only be asked for where they exist, never at import.
    expect(text).not.toMatch(/^import .*"node:/m);
  });

  test("what is not imported is not bundled: figures cost nothing to those who only fit", async () => {
    const one = await bundle('export { formatCount } from "isoflop";');
    expect(one.length).toBeLessThan(2000);
  });

  test("Chromium finds the same numbers as Node: fits to 1e-12, standard errors to 1e-9", async () => {
    const runs = readFileSync(figure4, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","))
      .filter((cells) => cells.at(-1) === "0")
      .map(([nParams, nTokens, flops, loss]) => ({
        nParams: Number(nParams),
        nTokens: Number(nTokens),
        flops: Number(flops),
        loss: Number(loss),
      }));
    const work = `
      import { approach2, chinchilla, computeOptimal, fit, huber, informationCriteria, leaveOneOut } from "isoflop";
      export async function work(runs) {
        const law = fit(chinchilla, runs, { loss: huber(1e-3) });
        const replicates = await law.bootstrap({ resamples: 50, seed: 42, threads: 1 });
        const { nParams, loss } = computeOptimal(law, { flops: 5.88e23 });
        return {
          ...law.parameters, objective: law.objective, nParams, loss,
          seAlpha: replicates.standardErrors.alpha, seB: replicates.standardErrors.B,
          aicc: informationCriteria(law).aicc, leaveOneOut: leaveOneOut(law).rootMeanSquare,
          a: approach2(runs, { resamples: 20 }).a,
        };
      }`;
    const text = await bundle(work);
    const url = `data:text/javascript,${encodeURIComponent(text)}`;
    const { work: inNode } = await import(url);
    const expected: Record<string, number> = await inNode(runs);
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage();
      // As text: the test's own transform would rewrite an import() in a function.
      const actual: Record<string, number> = await page.evaluate(
        `import(${JSON.stringify(url)}).then((module) => module.work(${JSON.stringify(runs)}))`,
      );
      expect(Object.keys(actual)).toEqual(Object.keys(expected));
      for (const [name, value] of Object.entries(expected)) {
        // A replicate's search ends where 1e-11 of the objective is left to gain, and the last bit of Math.log differs
        // between versions of V8: standard errors agree to fewer digits than the fit.
        const digits = name.startsWith("se") ? 1e-9 : 1e-12;
        expect(Math.abs(actual[name]! / value - 1), name).toBeLessThanOrEqual(digits);
      }
    } finally {
      await browser.close();
    }
  });
});
