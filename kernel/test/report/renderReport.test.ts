import { expect, test } from "vitest";
import type { Notebook } from "../../src/notebook/Notebook.ts";
import { embedJson } from "../../src/report/renderFigure.ts";
import { renderIndex, scoreboardText } from "../../src/report/renderIndex.ts";
import { type ReportInput, renderReport } from "../../src/report/renderReport.ts";
import { codeCell, fixtureNotebook, shown } from "./fixtureNotebook.ts";

const input = (notebook: Notebook = fixtureNotebook(), more: Partial<ReportInput> = {}): ReportInput => ({
  notebook,
  name: "loss",
  failures: [],
  provenance: { packages: { isoflop: "1.0.0" }, node: "v20.0.0", platform: "linux x64", commit: "abc123" },
  seconds: 1.234,
  date: new Date("2026-01-02T03:04:05Z"),
  hasIndex: true,
  ...more,
});
const render = (notebook?: Notebook, more?: Partial<ReportInput>) => renderReport(input(notebook, more));
/** The page without what is the same in all pages and long: the scripts, and the fonts in the style sheet. */
const content = (html: string) =>
  html.slice(html.indexOf("<body>")).replace(/<script>[\s\S]*?<\/script>/g, "");

test("the page of the fixture is the one we looked at", async () => {
  await expect(content(render().html)).toMatchFileSnapshot("fixtures/report.html");
});

test("a notebook's card says its verdict, or its first paragraph where it gives none", () => {
  const opening = (text: string): Notebook => ({
    ...fixtureNotebook(),
    cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: `# Title\n\n${text}` }],
  });
  const parts = "**Papers.** Nobody et al.\n\n**Verdict.** The law\nholds in *one* case.\n\nMore.";
  expect(render(opening(parts)).summary).toBe("The law holds in *one* case.");
  expect(render(opening("They claim:\n\n- a\n- b")).summary).toBe("They claim: a b");
});

test("the page says its language and has its landmarks, and each link inside leads somewhere", () => {
  const { html } = render();
  expect(html).toContain('<html lang="en">');
  expect(html.match(/<main |<nav |<footer/g)).toEqual(["<nav ", "<main ", "<footer"]);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test("nothing in the page is loaded from anywhere", () => {
  const { html } = render();
  const body = content(html);
  expect(body).not.toMatch(/(src|srcset|poster)="(?!data:)/);
  expect(html.replace(/<script>[\s\S]*?<\/script>/g, "")).not.toMatch(
    /url\((?!data:)|@import|<link (?!rel="icon" href="data:)/,
  );
});

test("claims stand on top, in the notebook's order, and lead to where they are checked", () => {
  const body = content(render().html);
  const section = body.indexOf('<section class="claims"');
  expect(section).toBeLessThan(body.indexOf('id="cell-3"'));
  expect(body.slice(section)).toContain('<a href="#claim-exponent">exponent</a>');
  expect(body.match(/id="claim-exponent"/g)).toHaveLength(1);
});

test("figures are numbered and carry caption, table, still picture and data", () => {
  const body = render().html;
  const figure = /<figure class="plot"[\s\S]*?<\/figure>/.exec(body)![0];
  expect(figure).toContain(
    '<a class="figure-number" href="#figure-1">Figure 1</a> The loss falls as a power of the size &amp; then',
  );
  expect(figure).toContain("<summary>Table of this figure (5 rows)</summary>");
  expect(figure).toContain('<img class="still" src="data:image/svg+xml;base64,');
  const data = JSON.parse(/<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(figure)![1]!);
  expect(data.data[0].name).toBe("measured");
});

test("a figure of another library gets a table of its points", () => {
  const plot = { data: [{ x: [1, 2], y: [3, 4] }], layout: { title: { text: "A < B" } } };
  const { html } = render({
    ...fixtureNotebook(),
    cells: [codeCell("a", "x", [shown({ "application/vnd.plotly.v1+json": plot })])],
  });
  expect(html).toContain("Figure 1</a> A &lt; B");
  expect(html).toContain("<tr><td>series 1</td><td>2</td><td>4</td></tr>");
});

test("data inside a script element cannot end it", () => {
  expect(embedJson({ a: "</script><script>" })).not.toContain("<");
  expect(JSON.parse(embedJson({ a: "</script>" }))).toEqual({ a: "</script>" });
});

test("a panel carries its data, its caption and what the notebook computed, and the page the helpers", () => {
  const widget = { widget: "refit", caption: "Try <it>", flops: 1e20, delta: 1e-3, runs: [[1e8, 1e9, 3, 1]] };
  const html = "<figure><table><tr><td>E</td></tr></table></figure>";
  const cells = [
    codeCell("a", "x", [shown({ "application/vnd.isoflop.widget+json": widget, "text/html": html })]),
  ];
  const page = render({ ...fixtureNotebook(), cells }).html;
  const figure = /<figure class="widget"[\s\S]*?<\/figure>/.exec(page)![0];
  expect(figure).toContain('data-widget="refit"');
  expect(figure).toContain("Figure 1</a> Try &lt;it&gt;");
  expect(figure).toContain("<td>E</td>");
  expect(JSON.parse(/<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(figure)![1]!)).toEqual(
    widget,
  );
  expect(page.match(/<script>/g)).toHaveLength(3);
});

test("a page without figures does not carry the plotting library", () => {
  const { html } = render({ ...fixtureNotebook(), cells: [codeCell("a", "1", [])] });
  expect(html.length).toBeLessThan(60_000);
});

test("a notebook that failed says so on top, opens the failed cell's code and shows its traceback", () => {
  const error = {
    ename: "TypeError",
    evalue: "no <b>",
    traceback: ["TypeError: no <b>", "  at cell[1]:1:2"],
  };
  const notebook = {
    ...fixtureNotebook(),
    cells: [codeCell("a", "fail()", [{ output_type: "error" as const, ...error }])],
  };
  const { html } = render(notebook, { failures: [{ index: 0, id: "a", ...error }] });
  expect(html).toContain('<a href="#cell-1">Cell 1</a>: TypeError: no &lt;b&gt;');
  expect(html).toContain('<details class="code" open>');
  expect(html).toContain("  at cell[1]:1:2");
});

test("the index does not link to a page that could not be written", () => {
  const entry = {
    name: "a",
    title: "a",
    summary: "",
    claims: [],
    figures: 0,
    failure: "the kernel ended",
    hasNoPage: true,
  };
  const page = content(renderIndex([entry], new Date(0)));
  expect(page).toContain("✗ the kernel ended");
  expect(page).not.toContain("a.html");
});

test("the index shows every notebook and every claim under its verdict", async () => {
  const { html, ...report } = render();
  const entries = [
    { name: "loss", ...report, seconds: 1.2 },
    {
      name: "broken",
      title: "broken",
      summary: "",
      claims: [],
      figures: 0,
      failure: "cell 2 failed: Error: x",
    },
  ];
  await expect(content(renderIndex(entries, new Date("2026-01-02T03:04:05Z")))).toMatchFileSnapshot(
    "fixtures/index.html",
  );
  expect(scoreboardText(entries)).toBe(
    [
      "notebook  reproduced  differs  not checkable  seconds",
      "-----------------------------------------------------",
      "loss               1        1              1      1.2",
      "broken             0        0              0        –  FAILED",
      "-----------------------------------------------------",
      "total              1        1              1",
    ].join("\n"),
  );
});
