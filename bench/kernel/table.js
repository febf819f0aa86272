/**
 * The rows of the comparison: a figure's name, its unit, and the bar it must meet.
 * A bar is a factor of a peer's median in the same run, of our own figure, or an absolute number.
 */
export const rows = [
  row("start to kernel_info", "ms", [times("deno", 1), times("ipykernel", 0.5)]),
  row("start to first result", "ms", [times("tslab", 0.35)]),
  row("first cell 1+1", "ms"),
  row("1+1", "ms", [times("ipykernel", 1.2)]),
  row("1+1 unchecked", "ms", [times("deno", 1.2)]),
  row("print", "ms"),
  row("declaring cell at 5", "ms"),
  row("declaring cell at 200", "ms", [own("declaring cell at 5", 1.5), times("tslab", 0.4)]),
  row("completion at 200", "ms", [absolute(10)]),
  row("1+1 at 200", "ms"),
  row("cell with a type error", "ms"),
  row("idle MB", "MB", [absolute(210)]),
  row("MB after 200 cells", "MB", [absolute(250)]),
  row("idle MB (proportional)", "MB"),
  row("MB after 200 cells (proportional)", "MB"),
  row("mathjs first import", "ms", [times("tslab", 1)]),
  row("mathjs next use", "ms", [absolute(20)]),
  row("100,000 prints", "ms", [absolute(1000)]),
  row("100,000 prints: missing at idle", "lines", [absolute(0)]),
  row("loop of 3e7", "ms", [times("deno", 1.2)]),
  row("5,000-line cell", "ms", [absolute(500)]),
];

function row(name, unit, bars = []) {
  return { name, unit, bars };
}

function times(peer, factor) {
  return {
    text: factor === 1 ? `≤ ${peer}` : `≤ ${factor} × ${peer}`,
    bound: (medians, name) => scaled(medians[peer]?.[name], factor),
  };
}

function own(name, factor) {
  return { text: `≤ ${factor} × at 5`, bound: (medians) => scaled(medians.isoflop?.[name], factor) };
}

function absolute(bound) {
  return { text: `≤ ${bound}`, bound: () => bound };
}

const scaled = (value, factor) => (value === undefined ? undefined : value * factor);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const show = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function cell(values) {
  if (!values?.length) return "–";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length > 1 && low !== high
    ? `${show(median(values))} (${show(low)}–${show(high)})`
    : show(median(values));
}

/** `samples[kernel][figure]` is a list of numbers; returns lines of a Markdown table and the names of the figures whose bars are missed or could not be told. */
export function table(samples) {
  const kernels = Object.keys(samples);
  const medians = Object.fromEntries(
    kernels.map((kernel) => [
      kernel,
      Object.fromEntries(Object.entries(samples[kernel]).map(([name, values]) => [name, median(values)])),
    ]),
  );
  const lines = [
    `| figure | unit | n | ${kernels.join(" | ")} | bar | met |`,
    `|---|---|---|${kernels.map(() => "---|").join("")}---|---|`,
  ];
  const missed = [];
  const unmeasured = [];
  for (const { name, unit, bars } of rows) {
    const ours = medians.isoflop?.[name];
    const verdicts = bars.map(({ text, bound }) => {
      const limit = bound(medians, name);
      const met = ours === undefined || limit === undefined ? undefined : ours <= limit;
      if (met === false) missed.push(name);
      if (met === undefined) unmeasured.push(`${name} (${text})`);
      return { text: limit === undefined ? text : `${text} = ${show(limit)}`, met };
    });
    const word = ({ met }) => (met === undefined ? "not measured" : met ? "yes" : "NO");
    const n = Math.max(0, ...kernels.map((kernel) => samples[kernel][name]?.length ?? 0));
    lines.push(
      `| ${name} | ${unit} | ${n} | ${kernels.map((kernel) => cell(samples[kernel][name])).join(" | ")} | ` +
        `${verdicts.map(({ text }) => text).join("; ")} | ${verdicts.map(word).join("; ")} |`,
    );
  }
  return { lines, missed, unmeasured };
}
