import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  approach2,
  chinchilla,
  type Figure,
  fit,
  isoflopFigure,
  jupyterDisplay,
  lossContourFigure,
  plotlyMimeType,
  residualsFigure,
  xyFigure,
} from "isoflop";
import { chinchillaFigure4, isoflopsPublished } from "isoflop-datasets";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";

const plotly = fileURLToPath(
  new URL("../../../node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js", import.meta.url),
);

test("Plotly itself finds nothing to object to in our figures, and draws them", async () => {
  const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
  const law = fit(chinchilla, runs);
  const sweep = isoflopsPublished()
    .filter((point) => point.experiment === "epochai_chinchilla__massivetext__chinchilla")
    .map((point) => ({ ...point, flops: point.flopsBudget }));
  const figures: Record<string, Figure> = {
    isoflop: isoflopFigure(approach2(sweep, { resamples: 0 }).parabolas, "c"),
    contour: lossContourFigure(law, runs, { caption: "c" }),
    residuals: residualsFigure([{ name: "refit", predict: (run) => law.predict(run) }], runs, "c"),
    everything: xyFigure({
      series: [
        { name: "a", x: [1, 2], y: [1, 2], mode: "lines+markers", error: [0.1, 0.2], band: [[0, 2], [1, 3]] }, // biome-ignore format: pairs
        { name: "b", x: [1, 2], y: [2, 1], mode: "lines", inLegend: false },
      ],
      x: { title: "x", log: true, format: "count", range: [0.5, 3] },
      y: { title: "y<sup>2</sup>", format: "power" },
      title: "t",
      caption: "c",
    }),
  };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.setContent('<div id="plot"></div>');
    await page.addScriptTag({ content: readFileSync(plotly, "utf8") });
    for (const [name, figure] of Object.entries(figures)) {
      const json = JSON.stringify(figure[jupyterDisplay]()[plotlyMimeType]);
      const complaints = await page.evaluate(
        `(({ data, layout }) => (Plotly.validate(data, layout) ?? []).map(({ msg }) => msg))(${json})`,
      );
      expect(complaints, name).toEqual([]);
      const traces = await page.evaluate(
        `(async ({ data, layout, config }) => {
          await Plotly.newPlot("plot", data, layout, config);
          return document.querySelectorAll("#plot .trace, #plot .contour").length;
        })(${json})`,
      );
      expect(traces, name).toBe(figure.data.length);
    }
  } finally {
    await browser.close();
  }
});
