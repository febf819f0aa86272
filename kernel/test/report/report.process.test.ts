import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accelerators,
  chinchilla,
  computeOptimal,
  type Fit,
  fit,
  formatNumber,
  huber,
  jupyterDisplay,
  l1,
  loadCurve,
  memoryFits,
  memoryPanel,
  modelNamed,
  modelShape,
  refitPanel,
  servingEstimator,
  servingOf,
  servingPanel,
  servingRows,
} from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatNotebook } from "../../dist/notebook/formatNotebook.js";
import { writeReports } from "../../dist/report/writeReports.js";
import { launchChromium, visit } from "./chromium.ts";
import { codeCell, fixtureNotebook, shown } from "./fixtureNotebook.ts";

const folder = mkdtempSync(join(tmpdir(), "isoflop-report-"));
const pages = join(folder, "out");
const page = (name: string) => join(pages, `${name}.html`);
let browser: Browser;
const serving = servingPanel({
  models: { "Llama-3.1-8B": modelNamed("Llama-3.1-8B"), "gpt-oss-120b": modelNamed("gpt-oss-120b") },
  accelerators: ["b200-sxm-180gb", "h100-sxm-80gb"],
  caption: "What does a token cost?",
});

beforeAll(async () => {
  const hostile = fixtureNotebook();
  const attack =
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><b>seen</b>";
  hostile.cells.push(codeCell("attack", attack, [shown({ "text/html": attack })]));
  writeFileSync(join(folder, "loss.ipynb"), formatNotebook(fixtureNotebook()));
  writeFileSync(join(folder, "hostile.ipynb"), formatNotebook(hostile));
  const panel = refitPanel(chinchillaFigure4(), {
    flops: 5.88e23,
    caption: "Five runs decide.",
    leaveOut: (run) => run.isOutlier,
  });
  const cells = [codeCell("panel", "refitPanel(runs)", [shown({ ...panel[jupyterDisplay]() })])];
  writeFileSync(join(folder, "panel.ipynb"), formatNotebook({ ...fixtureNotebook(), cells }));
  const layout = { devices: 64, tensorParallel: 4, zeroStage: 3, recompute: "full" } as const;
  const memory = memoryPanel(modelShape("Llama-3-70B"), layout, {
    sequenceTokens: 8192,
    accelerator: accelerators["h100-sxm-80gb"],
    caption: "Which layouts fit?",
  });
  const memoryCells = [codeCell("memory", "memoryPanel(…)", [shown({ ...memory[jupyterDisplay]() })])];
  writeFileSync(join(folder, "memory.ipynb"), formatNotebook({ ...fixtureNotebook(), cells: memoryCells }));
  const servingCells = [codeCell("serving", "servingPanel(…)", [shown({ ...serving[jupyterDisplay]() })])];
  writeFileSync(join(folder, "serving.ipynb"), formatNotebook({ ...fixtureNotebook(), cells: servingCells }));
  const paths = ["loss", "hostile", "panel", "memory", "serving"].map((name) =>
    join(folder, `${name}.ipynb`),
  );
  await writeReports(paths, { output: pages, kernel: [], noRun: true });
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test.each(["loss", "index"])("the page %s asks for nothing and reports no error", async (name) => {
  const { requests, errors } = await visit(browser, page(name));
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
});

test("every figure is drawn, in the light and in the dark, in colours that can be seen", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page: tab, errors } = await visit(browser, page("loss"), { colorScheme });
    expect(await tab.locator(".plot-area .main-svg .trace").count()).toBe(2);
    const style = (selector: string, property: string) =>
      tab.evaluate(`getComputedStyle(document.querySelector("${selector}")).${property}`) as Promise<string>;
    const brightness = (color: string) => Math.max(...color.match(/\d+/g)!.slice(0, 3).map(Number));
    const background = brightness(await style("body", "backgroundColor"));
    for (const [selector, property] of [
      [".plot-area .js-line", "stroke"],
      [".plot-area .point", "fill"],
      [".plot-area .xtick text", "fill"],
    ] as const) {
      expect(Math.abs(background - brightness(await style(selector, property)))).toBeGreaterThan(60);
    }
    expect(errors).toEqual([]);
  }
});

test("the theme button turns page and figures, and says what it would do next", async () => {
  const { page: tab } = await visit(browser, page("loss"), { colorScheme: "light" });
  const ink = () =>
    tab
      .locator(".xtick text")
      .first()
      .evaluate((label) => label.style.fill);
  const before = await ink();
  await tab.getByRole("button", { name: "Dark" }).click();
  await expect.poll(ink).not.toBe(before);
  expect(await tab.getByRole("button", { name: "Light" }).isVisible()).toBe(true);
});

test("no figure offers to share, upload or visit its maker", async () => {
  const { page: tab } = await visit(browser, page("loss"));
  await tab.locator(".plot-area").hover();
  const titles = await tab
    .locator(".modebar-btn")
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute("data-title") ?? button.getAttribute("aria-label") ?? ""),
    );
  expect(titles.length).toBeGreaterThan(3);
  expect(titles.filter((title) => /share|cloud|upload|send|edit|logo|plotly/i.test(title))).toEqual([]);
  expect(await tab.locator(".modebar-btn--logo, .plotlyjsicon").count()).toBe(0);
});

test("a script in an output is taken out, and one that came in anyway is not run", async () => {
  const { page: tab } = await visit(browser, page("hostile"));
  expect(await tab.title()).toBe("Loss falls as a power of size");
  expect(await tab.getByText("seen", { exact: true }).count()).toBe(1);
  // The second wall without the first: the attack written straight into the page.
  const html = readFileSync(page("loss"), "utf8");
  const injected = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
  writeFileSync(page("injected"), html.replace("<main", `${injected}<main`));
  const { page: other, errors } = await visit(browser, page("injected"));
  expect(await other.title()).toBe("Loss falls as a power of size");
  const blocked = errors.filter((text) => text.includes("Content Security Policy"));
  expect(blocked.length).toBeGreaterThanOrEqual(2);
});

test("code is folded, and one button opens and closes all of it by keyboard", async () => {
  const { page: tab } = await visit(browser, page("loss"));
  const open = () => tab.locator("details.code[open]").count();
  expect(await open()).toBe(0);
  await tab.getByRole("button", { name: "Show all code" }).press("Enter");
  expect(await open()).toBe(await tab.locator("details.code").count());
  await tab.getByRole("button", { name: "Hide all code" }).press("Enter");
  expect(await open()).toBe(0);
});

test("without JavaScript the contents, the still figure and its table are there", async () => {
  const { page: tab } = await visit(browser, page("loss"), { javaScriptEnabled: false });
  expect(await tab.locator(".still").isVisible()).toBe(true);
  expect(await tab.locator(".plot-area").isVisible()).toBe(false);
  await tab.getByText("Table of this figure").click();
  expect(await tab.locator(".figure-table td").first().isVisible()).toBe(true);
  await tab.getByRole("link", { name: "The constant does not", exact: true }).click();
  expect(new URL(tab.url()).hash).toBe("#the-constant-does-not");
  expect(await tab.locator("[data-action]").first().isVisible()).toBe(false);
});

test.each([true, false])(
  "the section in view is marked in the contents (with JavaScript: %s)",
  async (javaScriptEnabled) => {
    const { page: tab } = await visit(browser, page("loss"), { javaScriptEnabled });
    const weight = async (name: string) => {
      const link = tab.locator("nav").getByRole("link", { name, exact: true });
      return Number(await link.evaluate((element) => getComputedStyle(element).fontWeight));
    };
    await tab.locator("nav").getByRole("link", { name: "The exponent comes out", exact: true }).click();
    await expect.poll(() => weight("The exponent comes out")).toBeGreaterThanOrEqual(600);
    expect(await weight("The constant does not")).toBe(400);
  },
);

test("on paper a dark page is light, with the still figure and without buttons", async () => {
  const { page: tab } = await visit(browser, page("loss"), { colorScheme: "dark" });
  await tab.emulateMedia({ media: "print", colorScheme: "dark" });
  const ink = await tab.locator("body").evaluate((body) => getComputedStyle(body).color);
  expect(Math.max(...ink.match(/\d+/g)!.slice(0, 3).map(Number))).toBeLessThan(80);
  expect(await tab.locator(".still").isVisible()).toBe(true);
  expect(await tab.locator(".plot-area, .side, .copy").filter({ visible: true }).count()).toBe(0);
  expect((await tab.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
});

test("nothing is wider than a phone, save what scrolls by itself", async () => {
  for (const name of ["loss", "panel", "index"]) {
    const { page: tab } = await visit(browser, page(name), { viewport: { width: 360, height: 740 } });
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  }
});

test("the reader's own refit is the helpers' fit, for any choice of runs, budget and loss, without a request", async () => {
  const { page: tab, requests, errors } = await visit(browser, page("panel"));
  const cell = (row: string, column: number) =>
    tab
      .locator(".widget-place tr", { has: tab.getByRole("rowheader", { name: row, exact: true }) })
      .locator("td")
      .nth(column);
  const here = async (row: string) => (await cell(row, 1).textContent()) ?? "";
  const expected = (law: Fit<"nParams" | "nTokens">, flops: number) => ({
    beta: formatNumber(law.parameters.beta!, 4),
    E: formatNumber(law.parameters.E!, 4),
    tokensPerParam: formatNumber(computeOptimal(law, { flops }).tokensPerParam, 4),
  });
  const shownNow = async () => ({
    beta: await here("beta"),
    E: await here("E"),
    tokensPerParam: await here("tokens per parameter"),
  });
  const all = chinchillaFigure4();
  const used = all.filter((run) => !run.isOutlier);
  expect(await shownNow()).toEqual(expected(fit(chinchilla, used, { loss: huber(1e-3) }), 5.88e23));

  await tab.getByRole("button", { name: "All runs" }).click();
  expect(await shownNow()).toEqual(expected(fit(chinchilla, all, { loss: huber(1e-3) }), 5.88e23));

  await tab.getByLabel("Loss function").selectOption("least absolute deviations");
  await tab.getByLabel("Compute budget in FLOPs").fill("1e21");
  await tab.getByLabel("Compute budget in FLOPs").press("Enter");
  expect(await shownNow()).toEqual(expected(fit(chinchilla, all, { loss: l1() }), 1e21));

  await tab.getByRole("button", { name: "As in the notebook" }).click();
  await tab.getByText("Runs as a list").click();
  await tab.locator(".run-list input").first().uncheck();
  const withoutFirst = fit(chinchilla, used.slice(used[0] === all[0] ? 1 : 0), { loss: huber(1e-3) });
  expect(await shownNow()).toEqual(expected(withoutFirst, 5.88e23));

  await tab.getByLabel("Compute budget in FLOPs").fill("a lot");
  await tab.getByLabel("Compute budget in FLOPs").press("Enter");
  expect(await tab.locator(".widget .status").textContent()).toContain("such as 5.88e23");
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
});

test("the reader lays a training run out anew: memory and whether it fits are the helpers', without a request", async () => {
  const { page: tab, requests, errors } = await visit(browser, page("memory"));
  const shape = modelShape("Llama-3-70B");
  const accelerator = accelerators["h100-sxm-80gb"];
  const status = () => tab.locator(".widget .status").textContent();
  const total = () => tab.locator(".widget-place tbody tr").first().locator("td").nth(1).textContent();
  const expected = (layout: object, sequenceTokens = 8192) => {
    const given = { devices: 64, tensorParallel: 4, zeroStage: 3, recompute: "full", ...layout } as const;
    const { says, memory, needBytes } = memoryFits(shape, given, { sequenceTokens, accelerator });
    const factor = needBytes / memory.total;
    return { says, total: formatNumber((factor * memory.stages[0]!.total) / 1e9, 4) };
  };
  expect({ says: await status(), total: await total() }).toEqual(expected({}));

  const slide = (name: string, key: string) => tab.getByLabel(name, { exact: true }).press(key);
  await slide("Pipeline stages", "ArrowRight");
  expect({ says: await status(), total: await total() }).toEqual(expected({ pipelineParallel: 2 }));
  await slide("Tokens of a sequence", "ArrowRight");
  expect({ says: await status(), total: await total() }).toEqual(expected({ pipelineParallel: 2 }, 16384));
  await tab.getByLabel("Recomputation").selectOption("none");
  const none = { pipelineParallel: 2, recompute: "none" };
  expect({ says: await status(), total: await total() }).toEqual(expected(none, 16384));
  expect(await status()).toContain("does not fit");

  // A choice that does not divide is refused in words, and what is drawn is not taken for it.
  await slide("Pipeline stages", "End");
  expect(await status()).toContain("No such layout: devices must be a multiple of tensor");
  expect(await tab.locator(".widget-place[data-refused]").count()).toBe(1);
  await tab.getByRole("button", { name: "As in the notebook" }).click();
  expect(await tab.locator(".widget-place[data-refused]").count()).toBe(0);
  expect({ says: await status(), total: await total() }).toEqual(expected({}));
  // Both plots are drawn: bars with patterns, and the roof.
  await tab.locator(".widget .plot-area[data-drawn] .bars .point").first().waitFor();
  expect(await tab.locator(".widget .plot-area[data-drawn]").count()).toBe(2);
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
});

test("the reader serves another model at another load: numbers are the helpers', the address keeps the choice", async () => {
  const { page: tab, requests, errors } = await visit(browser, page("serving"));
  const { widget } = serving;
  const estimate = servingEstimator(widget);
  const shownNow = () => tab.locator(".widget-place tbody tr > .number").allTextContents();
  const expected = (choice: object) => {
    const { usdPerHour, concurrency, ...rest } = { ...widget.start, ...choice };
    const scenario = servingOf(widget, { usdPerHour, concurrency, ...rest });
    const [point] = loadCurve(scenario, { concurrencies: [concurrency], usdPerHour, estimate });
    return servingRows(point!).flatMap(({ value, text80, text95 }) => [value, text80, text95]);
  };
  expect(await shownNow()).toEqual(expected({}));
  expect(await tab.getByLabel("Experts").isVisible()).toBe(false);
  await tab.getByLabel("Model").selectOption("gpt-oss-120b");
  await tab.getByLabel("Requests").press("ArrowRight");
  await tab.getByLabel("Experts").selectOption("split");
  await tab.getByLabel("Devices").press("ArrowRight");
  await tab.getByLabel("Dollars a device hour").fill("4.5");
  await tab.getByLabel("Dollars a device hour").press("Enter");
  const choice = {
    model: "gpt-oss-120b",
    experts: "split",
    concurrency: 64,
    tensorParallel: 2,
    usdPerHour: 4.5,
  };
  expect(await shownNow()).toEqual(expected(choice));
  await tab.getByLabel("Dollars a device hour").fill("much");
  await tab.getByLabel("Dollars a device hour").press("Enter");
  expect(await shownNow()).toEqual(expected(choice));

  // Whoever is given the address sees the same.
  const second = await visit(browser, page("serving") + new URL(tab.url()).search);
  expect(await second.page.locator(".widget-place tbody tr > .number").allTextContents()).toEqual(
    expected(choice),
  );
  expect(await tab.locator(".widget .status").textContent()).toContain("what was calibrated on");
  await tab.getByRole("button", { name: "As in the notebook" }).click();
  expect(await shownNow()).toEqual(expected({}));
  expect(new URL(tab.url()).search).toBe("");
  await tab.locator(".widget .plot-area[data-drawn]").nth(1).waitFor();
  expect({ requests, errors }).toEqual({ requests: [], errors: [] });
});

test("a click on a run leaves it out, a second click takes it back", async () => {
  const { page: tab } = await visit(browser, page("panel"));
  const status = tab.locator(".widget .status");
  const click = () =>
    tab.locator(".widget .plot-area").evaluate((area) => {
      const events = area as HTMLElement & { emit(name: string, event: object): void };
      events.emit("plotly_click", { points: [{ customdata: 100 }] });
    });
  await tab.locator(".widget .plot-area[data-drawn] .point").first().waitFor();
  await click();
  await expect.poll(() => status.textContent()).toContain("Fitted 239 of 245 runs");
  await click();
  await expect.poll(() => status.textContent()).toContain("Fitted 240 of 245 runs");
});

test("without JavaScript a panel shows what the notebook computed", async () => {
  const { page: tab } = await visit(browser, page("panel"), { javaScriptEnabled: false });
  expect(await tab.locator(".widget-still").textContent()).toContain("240 of 245");
});
