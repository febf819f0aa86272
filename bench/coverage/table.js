// The study's counts as tables: a row a method, a column a cell.
import { cells } from "./cells.js";

/** Sums chunks: cell -> method -> quantity -> [sets, held, below, above, undefined]. */
function total(counted) {
  const sums = new Map();
  for (const { key, counts } of counted) {
    const cell = sums.get(key) ?? {};
    sums.set(key, cell);
    for (const [method, byQuantity] of Object.entries(counts)) {
      for (const [quantity, row] of Object.entries(byQuantity)) {
        cell[method] ??= {};
        cell[method][quantity] ??= [0, 0, 0, 0, 0];
        row.forEach((count, k) => {
          cell[method][quantity][k] += count;
        });
      }
    }
  }
  return sums;
}

const percent = (share) => (100 * share).toFixed(1);
const namesIn = (sums, pick) => [...new Set([...sums.values()].flatMap(pick))];

/** Methods by what they cover in their worst cells, over all noises, for each number of runs, quantity and loss. */
export function summary(counted) {
  const sums = total(counted);
  const lines = [];
  const methods = namesIn(sums, (cell) => Object.keys(cell));
  const quantities = namesIn(sums, (cell) => Object.values(cell).flatMap((one) => Object.keys(one)));
  for (const quantity of quantities) {
    for (const loss of [...new Set(cells.map((cell) => cell.loss))]) {
      lines.push(`\n${quantity}, ${loss}: lowest to highest coverage, %`);
      for (const method of methods) {
        const parts = [20, 60, 240].map((n) => rangeText(sums, { n, loss }, method, quantity));
        if (parts.some((part) => part))
          lines.push(`  ${method.padEnd(22)} ${parts.map((part) => part.padStart(15)).join("")}`);
      }
    }
  }
  return lines.join("\n");
}

function shares(sums, { n, loss }, method, quantity) {
  return cells
    .filter((cell) => cell.n === n && cell.loss === loss)
    .flatMap(({ key }) => {
      const row = sums.get(key)?.[method]?.[quantity];
      return row ? [row[1] / row[0]] : [];
    });
}

function rangeText(sums, cell, method, quantity) {
  const found = shares(sums, cell, method, quantity);
  return found.length === 0 ? "" : `${percent(Math.min(...found))}-${percent(Math.max(...found))}`;
}

/** What `docs/fitting.md` recommends, by quantity. */
export const recommended = {
  alpha: "profile",
  "exponent ratio": "profile",
  "loss at 10x": "profile",
  "new run inside": "delta HC3",
  "new run outside": "delta HC3",
};
const bar = [0.93, 0.97];

/** The page docs/coverage.md. */
export function page(counted, { seed, resamples }) {
  const sums = total(counted);
  const methods = namesIn(sums, (cell) => Object.keys(cell));
  const quantities = Object.keys(recommended);
  const { shown, missed, all } = recommendedTable(sums, quantities);
  const shareText = ({ cell, quantity, share }) =>
    `${quantity} with ${cell.n} runs, noise ${cell.noise}, ${cell.shape}: ${percent(share)} %`;
  const parts = [
    "# How often the intervals hold the truth",
    "",
    "Written by `npm run bench -- coverage --write`; do not edit. Simulated sweeps of Chinchilla's law (E 1.8, A 480, B 2100,",
    "alpha .35, beta .37) on a grid of sizes from 2e7 to 1e10 and tokens from 1e9 to 3e11, with noise on the logarithm of the",
    "loss: Gaussian, Student's t with 3 degrees, or Gaussian of which 5 % is ten times as large. `noise` is the standard",
    "deviation without the outliers. `loss at 10x` is the law's value at ten times the largest compute of the runs, and",
    "`new run` one more run in their middle or there. All intervals are meant to hold the truth in 95 % of sweeps.",
    "",
    `Seed ${seed}, ${resamples} resamples a bootstrap. From 1,000 sets a share of 95 % is known to ± 1.4 points (two standard`,
    "errors), from 100 to ± 4.4: the tables say how many sets were counted.",
    "",
    "## What is recommended",
    "",
    `The default loss; \`${recommended.alpha}\` for parameters and what is computed from them, \`${recommended["new run inside"]}\` for new runs. ${setsText(sums, { loss: "default", method: recommended.alpha, quantity: "alpha" })} sets a cell, coverage in %:`,
    "",
    ...shown,
    "",
    missed.length === 0
      ? `All ${all} cells lie between 93 and 97 %.`
      : `${all - missed.length} of ${all} cells lie between 93 and 97 %. Outside: ${missed.map(shareText).join("; ")}.`,
    "",
    "## Every method",
    "",
    "Lowest to highest coverage in %, over both noises and the three kinds of noise.",
  ];
  for (const loss of [...new Set(cells.map((cell) => cell.loss))]) {
    for (const quantity of quantities) {
      const rows = methods
        .map((method) => [
          method,
          setsText(sums, { loss, method, quantity }),
          ...[20, 60, 240].map((n) => rangeText(sums, { n, loss }, method, quantity)),
        ])
        .filter(([, , ...ranges]) => ranges.some((text) => text !== ""));
      if (rows.length === 0) continue;
      parts.push(
        "",
        `### ${quantity}, loss ${loss}`,
        "",
        ...markdown(["method", "sets", "20 runs", "60", "240"], rows),
      );
    }
  }
  return `${parts.join("\n")}\n`;
}

function recommendedTable(sums, quantities) {
  const missed = [];
  let all = 0;
  const rows = cells
    .filter(({ loss }) => loss === "default")
    .map((cell) => [
      String(cell.n),
      String(cell.noise),
      cell.shape,
      ...quantities.map((quantity) => {
        const row = sums.get(cell.key)?.[recommended[quantity]]?.[quantity];
        if (!row) return "";
        const share = row[1] / row[0];
        all++;
        if (share >= bar[0] && share <= bar[1]) return percent(share);
        missed.push({ cell, quantity, share });
        return `**${percent(share)}**`;
      }),
    ]);
  return { shown: markdown(["runs", "noise", "kind", ...quantities], rows), missed, all };
}

/** Fewest and most sets that were counted in a cell. */
function setsText(sums, { loss, method, quantity }) {
  const counts = cells
    .filter((cell) => cell.loss === loss)
    .flatMap(({ key }) => sums.get(key)?.[method]?.[quantity]?.[0] ?? []);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function markdown(columns, rows) {
  const line = (cellsOfRow) => `| ${cellsOfRow.join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---").join("|")}|`, ...rows.map(line)];
}
