import { expect, test } from "vitest";
import { Markdown } from "../../src/report/Markdown.ts";

test("headings get ids of their own, also when two read the same", () => {
  const markdown = new Markdown();
  markdown.render("# One\n\n## Where $x$ *ends*: 100 %");
  const html = markdown.render("## One\n\n## Größe\n\n## Claims\n\n## Figure 1");
  expect(markdown.headings.map(({ id }) => id)).toEqual([
    "one",
    "where-x-ends-100",
    "one-2",
    "größe",
    "claims-2",
    "on-figure-1",
  ]);
  expect(html).toContain(
    '<h2 id="one-2">One <a class="anchor" href="#one-2" aria-label="Link to: One">#</a></h2>',
  );
});

test("a heading in the contents keeps its formula and loses its link", () => {
  const markdown = new Markdown();
  markdown.render("## The [size](https://example.org) of $N$");
  expect(markdown.headings[0]!.html).toContain("katex");
  expect(markdown.headings[0]!.html).not.toContain("<a ");
});

test("HTML in Markdown is text", () => {
  expect(new Markdown().render("<script>x</script> <b onclick=x>")).not.toMatch(/<script|<b /);
});

test("links to scripts are not made, links out tell nothing of the page", () => {
  const html = new Markdown().render("[a](javascript:x) [b](https://example.org)");
  expect(html).not.toContain('href="javascript');
  expect(html).toContain('rel="noopener noreferrer"');
});

test("a picture attached to the cell is put into the page", () => {
  const attachments = { "my plot.png": { "image/png": "iVBOR\nw0=" } };
  const html = new Markdown().render(
    "![a plot](<attachment:my plot.png>) ![b](attachment:none.png)",
    attachments,
  );
  expect(html).toContain('<img src="data:image/png;base64,iVBORw0=" alt="a plot">');
  expect(html).toContain("[picture left out, it is not in this file: b]");
});

test("a picture from elsewhere is replaced by its description", () => {
  const html = new Markdown().render(
    "![a plot](https://example.org/a.png) ![b](data:image/png;base64,iVBORw0=)",
  );
  expect(html).toContain("[picture left out, it is not in this file: a plot]");
  expect(html.match(/<img/g)).toHaveLength(1);
});
