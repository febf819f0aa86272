import fc from "fast-check";
import { claimMimeType, plotlyMimeType, widgetMimeType } from "isoflop";
import { expect, test } from "vitest";
import type { MimeBundle } from "../../src/notebook/Notebook.ts";
import { highlightCode } from "../../src/report/highlightCode.ts";
import { Markdown } from "../../src/report/Markdown.ts";
import { renderReport } from "../../src/report/renderReport.ts";
import { codeCell, fixtureNotebook, shown } from "./fixtureNotebook.ts";

function pageOf(data: MimeBundle): string {
  const { html } = renderReport({
    notebook: { ...fixtureNotebook(), cells: [codeCell("a", "1", [shown(data)])] },
    name: "a",
    failures: [],
    provenance: { packages: {}, node: "v22", platform: "linux" },
    date: new Date(0),
    hasIndex: false,
  });
  const start = html.indexOf('<section class="cell"');
  return html.slice(start, html.indexOf("</main>", start));
}

test.each(["image/png", "image/jpeg", "image/gif", "image/webp"])(
  "the bytes of a picture of type %s cannot end the attribute they stand in",
  (type) => {
    for (const bytes of [
      'x"/onerror="x()',
      'x"><meta/http-equiv="refresh"/content="0;url=https://example.org">',
      "x'><script>x()</script>",
      "data:text/html;base64,PHNjcmlwdD4=",
      "",
    ]) {
      const html = pageOf({ [type]: bytes });
      expect(html).not.toMatch(/onerror=|<meta|<script|text\/html/);
      expect(html).toContain("picture left out");
    }
  },
);

test("base64 with line ends is a picture, and so is what a canvas gives", () => {
  expect(pageOf({ "image/png": "iVBORw\nKGgo=\n" })).toContain('src="data:image/png;base64,iVBORwKGgo="');
  expect(pageOf({ "image/png": "data:image/png;base64,iVBO" })).toContain('src="data:image/png;base64,iVBO"');
});

const odd = fc.anything({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value ?? null)));
const oddMembers = (...names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, odd])));

test("a figure is shown whatever its traces and layout hold", () => {
  const hostile = { toString: 1, valueOf: 2 };
  for (const data of [[null], ["a", 5, []], [{ x: [hostile], y: [hostile], name: hostile }]]) {
    for (const layout of [undefined, null, "text", [1], { title: hostile, height: hostile }]) {
      expect(pageOf({ [plotlyMimeType]: { data, layout } })).toContain('<figure class="plot"');
    }
  }
  const trace = fc.oneof(odd, oddMembers("x", "y", "name", "type"));
  const layout = fc.oneof(odd, oddMembers("title", "height"));
  fc.assert(
    fc.property(fc.array(trace), layout, (data, layout) => {
      expect(pageOf({ [plotlyMimeType]: { data, layout } })).toContain('<figure class="plot"');
    }),
  );
});

test("a panel that names none is shown as what else the output holds", () => {
  const html = pageOf({ [widgetMimeType]: { caption: "c" }, "text/plain": "words" });
  expect(html).toContain("words");
});

test.each([
  { published: { toString: 1 } },
  { published: null },
  { reproduced: [] },
  { tolerance: "<b>" },
  { tolerance: { absolute: "<b>" } },
  { tolerance: [] },
  { note: {} },
])("a claim with %j is refused with its id and what is wrong", (wrong) => {
  const claim = { id: "loss", source: "s", published: 1, verdict: "differs", ...wrong };
  const [name = ""] = Object.keys(wrong);
  expect(() => pageOf({ [claimMimeType]: claim })).toThrow(
    `the claim "loss" has a ${name} that cannot be shown`,
  );
});

test("half a surrogate pair in a claim's id is shown as what it is", () => {
  const claim = { id: "\ud800", source: "s", published: 1, verdict: "differs" };
  expect(pageOf({ [claimMimeType]: claim })).toContain('id="claim-_EF_BF_BD"');
});

// What a pattern would try in every combination took a minute at a tenth of this size.
test("long HTML beside a figure or a panel is looked through once", () => {
  const plot = { data: [{ x: [1], y: [2] }] };
  const widget = { caption: "c", widget: "refit" };
  for (const [mime, value, begin, part] of [
    [plotlyMimeType, plot, "<figure>", "<figcaption>"],
    [plotlyMimeType, plot, "<figure>", "<figcaption></figcaption>"],
    [widgetMimeType, widget, "", "<table"],
  ] as const) {
    expect(pageOf({ [mime]: value, "text/html": begin + part.repeat(300_000) })).toContain('id="figure-1"');
  }
});

test.each([5, {}, [], "constructor", "__proto__"])(
  "a kernelspec whose language is %j leaves code code",
  (language) => {
    const kernelspec = { name: "a", display_name: "A", language };
    const cells = [codeCell("a", "a < b")];
    const notebook = { ...fixtureNotebook(), metadata: { kernelspec }, cells } as never;
    const provenance = { packages: {}, node: "v22", platform: "linux" };
    const { html } = renderReport({
      notebook,
      name: "a",
      failures: [],
      provenance,
      date: new Date(0),
      hasIndex: false,
    });
    expect(html).toContain("a &lt; b");
  },
);

test("code as long as data is shown without colours", () => {
  const html = highlightCode("x = 1; ".repeat(1_000_000), "typescript");
  expect(html).not.toContain("<span");
  expect(highlightCode("x = 1;", "typescript")).toContain("<span");
});

test("an attachment whose name is no code of an address is left out or found", () => {
  const image = { "image/png": "iVBO" };
  expect(new Markdown().render("![a](attachment:%E0%A4%A)", {})).toContain("picture left out");
  expect(new Markdown().render("![a](attachment:a%20b.png)", { "a b.png": image })).toContain("base64,iVBO");
});
