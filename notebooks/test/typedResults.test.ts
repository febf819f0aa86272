import { describe, expect, test } from "vitest";
import { type Cell, typedResults } from "./typedResults.ts";

const opening = `# Density doubled

**Papers.** Xiao et al. 2024 ([arXiv 2412.04315](https://arxiv.org/abs/2412.04315)).

**What they claim.** It doubles in 3.3 months (section 3.2), with an R² of .93.

**What is public.** 63 models.

**Verdict.** It does.`;
const markdown = (source: string): Cell => ({ id: "m", cell_type: "markdown", source });
const code = (source: string): Cell => ({ id: "c", cell_type: "code", source });
const typed = (...cells: Cell[]) => typedResults([markdown(opening), ...cells]);

describe("a number in the text is a typed result", () => {
  test.each([
    ["in Markdown", markdown("It is as high in 39 % of draws, over 45 to 117 days."), ["39 %", "45", "117"]],
    ["in a heading", markdown("## It doubles in 101 days"), ["101"]],
    ["with a decimal point in front", markdown("The exponent is .835 or −.449."), [".835", "−.449"]],
    ["with thousands", markdown("217,961 entries and 1.5e22 FLOPs"), ["217,961", "1.5e22"]],
    ["a small percentage", markdown("as steep in 9 %"), ["9 %"]],
    ["in a caption", code('xyFigure({ caption: "18 instead of 70", x: 18 });'), ["70"]],
    [
      "in a claim's note",
      code(`claimsTable([{ id: "a", because: \`63 models, not \${n} of 77\` }]);`),
      ["77"],
    ],
    ["in a text that stands before its row", code('const because = "half is 41 %";'), ["41 %"]],
    ["in a text of md", code(`md\`from \${low} to 12.5\`;`), ["12.5"]],
  ])("%s", (_, cell, numbers) => {
    expect(typed(cell)).toEqual(numbers);
  });

  test("in the verdict, unless the papers claim it", () => {
    const cells = [markdown(opening.replace("It does.", "It does in 3.3 months, with an R² of .87."))];
    expect(typedResults(cells)).toEqual([".87"]);
  });
});

test("what the papers claim, settings, printed figures and references are none", () => {
  const settings = code(
    'fit({ draws: 4000, share: 0.95 }); claimsTable([{ id: "a", source: "about 70", printed: "482.01", ours }]);',
  );
  const text =
    "3.3 months, .93, 4,000 draws, a 95 % interval, 70 and 482.01; section 4.7, Tables 11 and 12, equation 1.8, " +
    "Hu et al. 2024, `0.77` and [a link](https://example.org/44); two of 9 in $10^{22}$";
  expect(typed(settings, markdown(text))).toEqual([]);
});

test("figures given are none", () => {
  expect(typedResults([markdown(opening), markdown("2.1 years, 2.2 years")], ["2.1"])).toEqual(["2.2"]);
});
