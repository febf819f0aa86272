import { testedBy } from "./testedBy.js";

/** Lines of a Markdown table: a row a probe, a column a kernel, in each cell what was observed in all its tries. */
export function table(probes, observed) {
  const kernels = Object.keys(observed);
  return [
    `| what is done | ${kernels.join(" | ")} | tested by | tries: \`npm test\`; soak |`,
    `|---|${kernels.map(() => "---|").join("")}---|---|`,
    ...probes.map(
      ({ name, sentence }) =>
        `| ${[sentence, ...kernels.map((kernel) => cell(observed[kernel][name])), ...testedBy[name]].join(" | ")} |`,
    ),
  ];
}

function cell(lines) {
  if (lines.length === 0) return "–";
  const outcomes = [...new Set(lines.map(({ outcome }) => outcome))];
  return outcomes
    .map((outcome) => {
      const same = lines.filter((line) => line.outcome === outcome);
      const count = outcomes.length > 1 ? ` (${same.length} of ${lines.length})` : "";
      return `${outcome}${figures(same)}${count}`;
    })
    .join("; or ");
}

function figures(lines) {
  const found = lines.filter(({ figure }) => typeof figure === "number");
  if (found.length === 0) return "";
  const numbers = found.map(({ figure }) => figure);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((value) =>
    value < 10 ? value.toFixed(1) : value.toFixed(0),
  );
  return `; ${low === high ? low : `${low}–${high}`} ${found[0].unit}`;
}
