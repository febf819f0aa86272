import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, md, svg } from "../../../src/session/display/taggedTemplates.ts";

const display = Symbol.for("Jupyter.display");

describe.each([
  ["html", html],
  ["svg", svg],
] as const)("%s", (_, tag) => {
  test("text is text, wherever it stands", () => {
    expect(tag`<b title="${'"x"'}">${"<i>&'"}</b>`.text).toBe(
      '<b title="&quot;x&quot;">&lt;i&gt;&amp;&#39;</b>',
    );
  });

  test("no text opens a tag or ends an attribute", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tag`${text}`.text).not.toMatch(/[<>"']/);
        expect(tag`${[text, [text]]}`.text).toBe(tag`${text}`.text.repeat(2));
      }),
    );
  });

  test("what a template made, and raw, go in as they are", () => {
    expect(tag`<p>${tag`<b>${1}</b>`}${tag.raw("<i>x</i>")}${html`<u/>`}${svg`<g/>`}</p>`.text).toBe(
      "<p><b>1</b><i>x</i><u/><g/></p>",
    );
    expect(tag`${["a", "b"].map((each) => tag`<li>${each}</li>`)}`.text).toBe("<li>a</li><li>b</li>");
    expect(tag`${new Set([tag`<a/>`, "<"])}`.text).toBe("<a/>&lt;");
    expect(tag`${new Map([[1, tag`<a/>`]]).values()}`.text).toBe("<a/>");
    expect(tag`${new URLSearchParams("a=<")}`.text).toBe("a=%3C");
  });

  test("what only looks like markup is text", () => {
    expect(tag`${{ text: "<script>", toString: () => "<script>" }}`.text).toBe("&lt;script&gt;");
    expect(tag`${md`<b>`}`.text).not.toBe("<b>");
  });

  test("nothing is nothing: undefined, null and false; 0, true and NaN are something", () => {
    expect(tag`[${undefined}${null}${false}${[null, false]}]`.text).toBe("[]");
    expect(tag`${0}${true}${Number.NaN}${10n}`.text).toBe("0trueNaN10");
  });

  test("a value that shows itself as HTML or SVG, and an element, go in so", () => {
    expect(tag`${{ [display]: () => ({ "text/html": "<b/>", "text/plain": "b" }) }}`.text).toBe("<b/>");
    expect(tag`${{ [display]: () => ({ "image/svg+xml": "<svg/>" }) }}`.text).toBe("<svg/>");
    expect(tag`${{ outerHTML: "<em></em>" }}`.text).toBe("<em></em>");
    expect(tag`${{ [display]: () => ({ "text/plain": "x" }), toString: () => "<x>" }}`.text).toBe(
      "&lt;x&gt;",
    );
  });
});

test("md puts values in as they are", () => {
  expect(md`**${"*x*"}** ${[1, "<b>"]} ${undefined} ${false} ${html`<i>&</i>`}`.text).toBe(
    "**\u002ax*** 1<b> undefined false <i>&</i>",
  );
});

test("a tag that is called with a text says how it is meant", () => {
  for (const tag of [html, svg, md] as unknown as ((given: unknown) => unknown)[]) {
    for (const given of ["<b>x</b>", 5, undefined, null, {}])
      expect(() => tag(given)).toThrow("tags of templates");
  }
});
