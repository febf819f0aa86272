import { chinchilla, fit, huber, type SummaryOptions } from "isoflop";
import { chinchillaFigure4 } from "isoflop-datasets";
import { describe, expect, test } from "vitest";

const runs = chinchillaFigure4().filter((run) => !run.isOutlier);
const law = fit(chinchilla, runs, { loss: huber(1e-3) });

describe("a summary of a fit", () => {
  test("as text has law, status, runs and each estimate with its standard error", () => {
    const text = law.summary();
    expect(text).toMatch(/^chinchilla \(Hoffmann et al\. 2022/);
    expect(text).toContain("converged: a minimum inside the bounds");
    expect(text).toContain("240 runs; huber(0.001) on log residuals, objective 0.00101827");
    expect(text).toMatch(/^alpha +0\.34731 +0\.0\d+ +1 +exponent of the model term$/m);
  });

  test("as Markdown is a list and a table", () => {
    const lines = law.summary({ format: "markdown" }).split("\n");
    expect(lines.filter((line) => line.startsWith("| "))).toHaveLength(7);
    expect(lines.find((line) => line.startsWith("| alpha"))).toMatch(
      /^\| alpha \| 0\.34731 \| 0\.\d+ \| 1 \| exponent/,
    );
  });

  test("as LaTeX is a table of booktabs, with remarks as comments", () => {
    const text = law.summary({ format: "latex" });
    expect(text).toMatch(/\\begin\{tabular\}\{lrrll\}\n\\toprule\n[\s\S]*\\bottomrule\n\\end\{tabular\}$/);
    for (const line of text.split("\n")) expect(line.replace(/\\[%_&#]/g, "")).not.toMatch(/^[^%\\].*[#_%]/);
  });

  test("of what is not identified has no standard errors", () => {
    const open = fit(chinchilla, runs.slice(0, 3));
    expect(open.summary()).toMatch(/^alpha +\S+ +– /m);
    expect(open.summary()).not.toContain("sandwich");
  });

  test("is refused in another format", () => {
    expect(() => law.summary({ format: "html" } as unknown as SummaryOptions)).toThrow(
      "format must be text or markdown or latex, got html",
    );
    expect(() => law.summary({ fromat: "text" } as SummaryOptions)).toThrow("did you mean format?");
  });
});
