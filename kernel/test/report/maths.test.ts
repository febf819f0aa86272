import { expect, test } from "vitest";
import { Markdown } from "../../src/report/Markdown.ts";
import { mathsStyles } from "../../src/report/maths.ts";

const render = (source: string) => new Markdown().render(source);
const formulas = (source: string) =>
  [...render(source).matchAll(/<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs)].map(
    (match) => match[1],
  );

test("dollars around a formula set it in the line, double dollars apart", () => {
  expect(formulas("a $x_1$ b $y$")).toEqual(["x_1", "y"]);
  expect(render("$$x$$")).toContain("katex-display");
  expect(render("a $x$")).not.toContain("katex-display");
});

test("sums of money are no formulas", () => {
  expect(formulas("between $5 and $10, or $ 5$")).toEqual([]);
  expect(formulas("\\$x\\$ stays text")).toEqual([]);
});

test("Markdown's own signs inside a formula stay the formula's", () => {
  expect(formulas("$a_i * b_j$ and $c_k * d_l$")).toEqual(["a_i * b_j", "c_k * d_l"]);
  expect(formulas("text\n$$\na_i\n+ b * c * d\n$$\nmore")).toEqual(["\na_i\n+ b * c * d\n"]);
  expect(formulas("\\begin{align}\na &= b\n\\end{align}")).toHaveLength(1);
});

test("dollars in code are code", () => {
  expect(formulas("`$x$`\n\n```\n$y$\n```")).toEqual([]);
});

test("a formula for sighted readers has its MathML for the others", () => {
  expect(render("$\\frac{a}{b}$")).toContain("<mfrac>");
});

test("a wrong formula shows its source instead of breaking the page", () => {
  expect(render("$\\frac{a$")).toContain('<code class="maths-error"');
});

test("a page carries the fonts its formulas use and no others, and none without formulas", () => {
  const families = (html: string) =>
    [...mathsStyles(html).matchAll(/@font-face\{font-family:(\w+);font-style:(\w+)/g)].map(
      (m) => `${m[1]} ${m[2]}`,
    );
  expect(families(render("no formula"))).toEqual([]);
  expect(families(render("$x + 1$"))).toEqual(["KaTeX_Main normal", "KaTeX_Math italic"]);
  expect(families(render("$$\\sum_i \\mathbb{E}[x]$$"))).toEqual([
    "KaTeX_Main normal",
    "KaTeX_Math italic",
    "KaTeX_AMS normal",
    "KaTeX_Size2 normal",
  ]);
  expect(mathsStyles(render("$x$"))).not.toMatch(/url\((?!data:)/);
});
