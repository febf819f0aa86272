import { claim, claimsTable, xyFigure } from "isoflop";
import type { Cell, CodeCell, MimeBundle, Notebook, Output } from "../../src/notebook/Notebook.ts";

const display = Symbol.for("Jupyter.display");
const show = (value: object): Output => ({
  output_type: "display_data",
  data: (value as Record<symbol, () => MimeBundle>)[display]!(),
  metadata: {},
});
export const shown = (data: MimeBundle): Output => ({ output_type: "display_data", data, metadata: {} });

export function codeCell(id: string, source: string, outputs: Output[] = []): CodeCell {
  return { cell_type: "code", id, metadata: {}, source, execution_count: 1, outputs };
}
const markdownCell = (id: string, source: string): Cell => ({
  cell_type: "markdown",
  id,
  metadata: {},
  source,
});

const source = "Nobody et al. 2020, Table 1";
const exponent = claim({ id: "exponent", source, published: 0.5, reproduced: 0.5012, tolerance: 0.01 });
const constant = claim({
  id: "constant",
  source,
  published: 1.69,
  reproduced: 1.8172,
  tolerance: { absolute: 0.02 },
  note: "the paper rounds before it fits",
});
const hardware = claim({
  id: "hours",
  source: "Nobody et al. 2020, section 3 <appendix>",
  published: 1200,
  verdict: "not checkable",
  note: "the run logs are not public",
});

const sizes = [1e8, 2e8, 4e8, 8e8, 1.6e9];
const figure = xyFigure({
  series: [
    { name: "measured", x: sizes, y: [3.4, 3.1, 2.9, 2.75, 2.65] },
    { name: "law", x: sizes, y: [3.38, 3.12, 2.91, 2.76, 2.64], mode: "lines", style: 6 },
  ],
  x: { title: "parameters", log: true, format: "count" },
  y: { title: "loss (nats/token)" },
  caption: "The loss falls as a power of the size & then flattens.",
});

/** A small executed notebook with everything a report can meet. The claims and the figure are made by the helpers. */
export function fixtureNotebook(): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "isoflop", display_name: "TypeScript (isoflop)", language: "typescript" },
    },
    cells: [
      markdownCell(
        "intro",
        "# Loss falls as a power of size\n\nNobody et al. claim that the loss is $L(N) = E + A N^{-\\alpha}$ and that it\nends at *E*. [The paper](https://example.org/paper).\n\n$$\\hat L(N, D) = E + \\frac{A}{N^\\alpha} + \\sum_{i=1}^{n} \\mathbb{E}\\left[\\frac{B}{D^\\beta}\\right]$$",
      ),
      markdownCell("h-a", "## The exponent comes out\n\nTable 1 gives 0.5."),
      codeCell(
        "exponent",
        'const a = 0.5012; // fitted\nclaim({ id: "exponent", published: 0.5, reproduced: a });',
        [show(exponent)],
      ),
      codeCell("figure", "xyFigure({ series })", [show(figure)]),
      markdownCell(
        "h-b",
        "## The constant does not\n\n### Rounding explains part of it\n\n| a | b |\n|---|---|\n| 1 | 2 |",
      ),
      codeCell("constant", "claim({ id: 'constant' })", [show(constant), show(hardware)]),
      codeCell("stream", "console.log('x')", [
        { output_type: "stream", name: "stdout", text: "10 %\r100 %\n\u001b[31mred\u001b[0m <b>\n" },
        { output_type: "stream", name: "stderr", text: "careful\n" },
      ]),
      codeCell("kinds", "rows", [
        shown({ "text/html": "<table><tr><th>n</th></tr><tr><td>1</td></tr></table>", "text/plain": "n\n1" }),
        shown({
          "image/svg+xml":
            "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><rect width='9' height='9'/></svg>",
        }),
        shown({ "text/latex": "$$x^2$$" }),
        shown({ "text/markdown": "some **bold** text" }),
        shown({ "application/x-unknown": "?" }),
        {
          output_type: "execute_result",
          execution_count: 1,
          data: { "text/plain": "{ a: 1 }" },
          metadata: {},
        },
      ]),
      codeCell("all", "claimsTable(all)", [show(claimsTable([exponent, constant, hardware]))]),
    ],
  };
}
