// How often the intervals of a plan hold what was measured further up: `chinchilla` is fitted to the runs of a public table up to
// a tenth of its largest compute, and each larger budget is planned. Held: the measured loss of the run nearest in size to the
// plan, the losses of all larger runs at their own size and tokens, and the size of the best run of each budget.
//   node bench/laws/planHeldOut.js [factor]
import { readFileSync } from "node:fs";
import { chinchilla, drawLaws, fit, percentileInterval, planTraining } from "isoflop";
import { gadreTestbed, isoflopsPublished, porianIsoflops } from "isoflop-datasets";

const [factor = 10] = process.argv.slice(2).map(Number);
const sweeps = new Map();
const add = (name, run) => sweeps.set(name, [...(sweeps.get(name) ?? []), run]);
for (const run of isoflopsPublished()) {
  if (!run.isQcOutlier) add(run.experiment, { ...run, budget: run.flopsBudget });
}
for (const run of porianIsoflops()) add(`porian ${run.experiment}`, { ...run, budget: run.flops });
for (const { nParams, nTokens, loss, trainSet } of gadreTestbed()) {
  add(`gadre ${trainSet}`, { nParams, nTokens, loss, budget: 6 * nParams * nTokens });
}

const inside = ([low, high], value) => (value >= low && value <= high ? 1 : 0);
const rows = [];
const sums = new Map();
for (const [name, runs] of sweeps) {
  const cut = Math.max(...runs.map((run) => run.budget)) / factor;
  const below = runs.filter((run) => run.budget <= cut * (1 + 1e-9));
  const above = runs.filter((run) => run.budget > cut * (1 + 1e-9));
  if (below.length < 12 || above.length < 3) continue;
  const law = fit(chinchilla, below);
  if (law.status === "not-identified") {
    rows.push({ sweep: name, fitted: below.length, above: above.length, note: "not identified" });
    continue;
  }
  const near = [0, 0];
  const size = [0, 0];
  const errors = [];
  // Sweeps at a few budgets have many runs a budget; a grid has one or two.
  const budgets = [...new Set(above.map((run) => run.budget))];
  for (const flops of budgets) {
    const at = above.filter((run) => run.budget === flops);
    let plan;
    try {
      plan = planTraining({ flops: 6 * at[0].nParams * at[0].nTokens, law });
    } catch {
      continue;
    }
    const distance = (run) => Math.abs(Math.log(run.nParams / plan.nParams.value));
    const nearest = at.reduce((a, b) => (distance(b) < distance(a) ? b : a));
    if (distance(nearest) < Math.log(1.5)) {
      near[0] += inside(plan.loss.interval, nearest.loss);
      near[1]++;
      errors.push(nearest.loss / plan.loss.value - 1);
    }
    if (at.length >= 5) {
      const best = at.reduce((a, b) => (b.loss < a.loss ? b : a));
      size[0] += inside(plan.nParams.interval, best.nParams);
      size[1]++;
    }
  }
  const draws = drawLaws(law, { draws: 400 });
  const residuals = law.residuals();
  const noise = Math.sqrt(residuals.reduce((total, one) => total + one * one, 0) / (below.length - 5));
  const all = [0, above.length];
  for (const run of above) {
    const centre = Math.log(law.predict(run));
    // What the constants and what the noise leave open, as independent.
    const reach = percentileInterval(draws.map((one) => Math.log(one.predict(run)) - centre)).map(
      (end) => Math.sign(end) * Math.hypot(end, 1.96 * noise),
    );
    all[0] += inside([centre + reach[0], centre + reach[1]], Math.log(run.loss));
  }
  const tables = [/^(porian|gadre)/.exec(name)?.[0] ?? "published isoFLOPs", "all"];
  for (const table of tables) {
    const sum = sums.get(table) ?? { sweeps: 0, near: [0, 0], all: [0, 0], size: [0, 0] };
    for (const [key, [held, count]] of Object.entries({ near, all, size })) {
      sum[key][0] += held;
      sum[key][1] += count;
    }
    sum.sweeps++;
    sums.set(table, sum);
  }
  if (errors.length === 0) errors.push(Number.NaN);
  const mean = errors.reduce((total, one) => total + one, 0) / errors.length;
  rows.push({
    sweep: name,
    fitted: below.length,
    above: above.length,
    "noise %": (100 * noise).toFixed(2),
    "loss above plan's, mean %": (100 * mean).toFixed(2),
    "nearest run": near.join("/"),
    "all larger runs": all.join("/"),
    "best size": size.join("/"),
  });
}
console.table(rows);
const share = ([held, count]) => `${held} of ${count} (${((100 * held) / count).toFixed(0)} %)`;
console.log(`fitted up to 1/${factor} of their largest compute; 95 % intervals held`);
console.table(
  Object.fromEntries(
    [...sums].map(([table, { sweeps: count, near, all, size }]) => [
      table,
      {
        sweeps: count,
        "nearest run's loss": share(near),
        "all larger runs' losses": share(all),
        "best run's size": share(size),
      },
    ]),
  ),
);

// The plan's own note and the docs quote this; a change of either, or of the fit, shows here.
if (factor === 10) {
  const { sweeps: count, near, all, size } = sums.get("all");
  const note = planTraining({ flops: 1e25, draws: 2 }).loss.notes.join(" ");
  const docs = readFileSync(new URL("../../docs/training.md", import.meta.url), "utf8");
  const quoted = [
    note.includes(`fitted to ${count} public sweeps`) && note.includes(`held ${near.join(" of ")} losses`),
    docs.includes(`| all, with Gadre et al. | ${count} | ${share(near)} | ${share(all)} | ${share(size)} |`),
  ];
  if (!quoted.every(Boolean)) {
    console.error(
      "the note of a plan or docs/training.md quote other figures: mend beyondNote in planLoss.ts, and the table",
    );
    process.exitCode = 1;
  }
}
