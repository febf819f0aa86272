import { chinchilla, fit, huber, jupyterDisplay, refitPanel, widgetMimeType } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { expect, test } from "vitest";

const runs = chinchillaFigure4();
const options = {
  flops: 5.88e23,
  caption: "Five runs decide.",
  leaveOut: (run: { isOutlier: boolean }) => run.isOutlier,
};

test("the panel starts from the fit of the runs that are not left out", () => {
  const panel = refitPanel(runs, options);
  const used = runs.filter((run) => !run.isOutlier);
  expect(panel.fit.parameters).toEqual(fit(chinchilla, used, { loss: huber(1e-3) }).parameters);
  expect(panel.widget.runs.filter(([, , , isUsed]) => isUsed)).toHaveLength(used.length);
});

test("it shows itself as data for the report and as a table for everyone else", () => {
  const bundle = refitPanel(runs, options)[jupyterDisplay]();
  expect(JSON.parse(JSON.stringify(bundle[widgetMimeType]))).toMatchObject({
    widget: "refit",
    flops: 5.88e23,
  });
  expect(bundle["text/html"]).toContain('<td style="text-align: right">240 of 245</td>');
  expect(bundle["text/plain"]).toContain("best parameters at 5.88e23 FLOPs");
});

test("no caption, no budget and too few runs are refused", () => {
  expect(() => refitPanel(runs, { ...options, caption: " " })).toThrow("needs a caption");
  expect(() => refitPanel(runs, { ...options, flops: 0 })).toThrow("flops must be > 0");
  expect(() => refitPanel(runs.slice(0, 2), options)).toThrow();
});
