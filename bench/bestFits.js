// npm run bench -- bestFits [--starts 48] [--write]
// Fits of public tables, isoflop's (without starting values) against the best of 48 scipy starts (exact Jacobians, tightest
// tolerances), joint and mixed ones among them: objectives, and CPU time in the same run. --write renews the table of
// docs/fitting.md; it takes about ten minutes.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fit, fitGroups, fitMixed, huber, squared } from "isoflop";
import { defineLaw } from "isoflop/formula";
import { measure } from "./fit/measure.js";
import { publicFits } from "./fit/publicFits.js";

const page = new URL("../docs/fitting.md", import.meta.url);
const [begin, end] = ["<!-- best fits -->", "<!-- end of best fits -->"];

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: { starts: { type: "string", default: "48" }, write: { type: "boolean" } },
  });
  const scipy = startScipy(values.starts);
  const rows = [];
  for (const [k, one] of publicFits.entries()) {
    const { ours, objective, law } = oursOf(one);
    const { median } = await measure(one.name, ours, { n: 5, warmUp: 2 });
    const theirs = await scipy.solve(one.mixed ? mixedCase(one) : caseOf(one, law));
    // A likelihood may be negative: what matters is the distance beside one run's share of it.
    const excess = one.mixed
      ? (objective - theirs.objective) / one.runs.length
      : objective / theirs.objective - 1;
    rows.push({
      ...one,
      n: one.runs.length,
      objective,
      theirs: theirs.objective,
      excess,
      ms: median,
      ratio: theirs.ms / median,
    });
    const verdict = excess <= 1e-7 ? "ok" : "MISSED";
    console.log(
      `${k + 1}/${publicFits.length} ${one.source}: ${one.name}, ${one.runs.length} runs: ${objective.toPrecision(9)}, scipy ${theirs.objective.toPrecision(9)} (${excess.toExponential(1)}) ${verdict}; ${median.toFixed(1)} ms, scipy over ours ${Math.round(theirs.ms / median)}`,
    );
  }
  scipy.end();
  const met = rows.filter(({ excess }) => excess <= 1e-7).length;
  const sources = new Set(rows.map(({ source }) => source)).size;
  console.log(
    `\n${met} of ${rows.length} fits from ${sources} sources are at or below the best of scipy's ${values.starts} starts`,
  );
  if (values.write) writeTable(rows, met, sources, values.starts);
}

function oursOf(one) {
  if (one.mixed) {
    const law = defineLaw("y = level + slope*x", {
      variables: { x: { name: "lnFlops", domain: "real" } },
      response: one.response,
      parameters: Object.fromEntries(
        ["level", "slope"].map((name) => [name, { domain: [-Infinity, Infinity], scale: "linear" }]),
      ),
    });
    const runs = one.runs.map((run) => ({ ...run, lnFlops: Math.log(run.flops / 1e22) }));
    const ours = () =>
      fitMixed(law, runs, { group: "family", random: ["level"], method: "ML", residual: "raw" });
    return { ours, law, objective: -ours().logLikelihood };
  }
  const law = defineLaw(`y = ${one.formula}`, {
    variables: one.variables,
    response: { name: one.response, domain: one.residual === "raw" ? "real" : "positive" },
  });
  const options = { loss: one.loss === "squared" ? squared() : huber(one.loss), residual: one.residual };
  const ours = one.group
    ? () => fitGroups(law, one.runs, { ...options, group: one.group, shared: one.shared })
    : () => fit(law, one.runs, options);
  return { ours, law, objective: ours().objective };
}

/** A fit as scipy is told of it. */
function caseOf(one, law) {
  const names = one.group ? [...new Set(one.runs.map((run) => run[one.group]))] : [""];
  const rangeOf = (name) => one.starts[name] ?? one.starts[name[0]] ?? [0.1, 1];
  return {
    name: one.name,
    formula: one.formula,
    residual: one.residual,
    loss: one.loss,
    columns: Object.fromEntries(
      Object.entries(one.variables).map(([name, field]) => [name, one.runs.map((run) => run[field])]),
    ),
    response: one.runs.map((run) => run[one.response]),
    group: one.runs.map((run) => (one.group ? names.indexOf(run[one.group]) : 0)),
    parameters: law.parameters.map(({ name, scale, domain }) => ({
      name,
      log: scale === "log",
      domain: domain.map((limit) => (Number.isFinite(limit) ? limit : Math.sign(limit) * 1e300)),
      start: rangeOf(name),
      shared: !one.group || one.shared.includes(name),
    })),
  };
}

function mixedCase(one) {
  const names = [...new Set(one.runs.map((run) => run.family))];
  return {
    name: one.name,
    mixed: true,
    x: one.runs.map((run) => Math.log(run.flops / 1e22)),
    response: one.runs.map((run) => run[one.response]),
    group: one.runs.map((run) => names.indexOf(run.family)),
  };
}

function startScipy(starts) {
  const script = fileURLToPath(new URL("fit/bestOf48.py", import.meta.url));
  const python = spawn(process.env.PYTHON ?? "/usr/bin/python3", [script, starts], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  return {
    async solve(one) {
      python.stdin.write(`${JSON.stringify(one)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("scipy ended early; Debian's python3-scipy is needed");
      return JSON.parse(value);
    },
    end: () => python.stdin.end(),
  };
}

function writeTable(rows, met, sources, starts) {
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const [, after] = rest.split(end);
  const difference = (excess) => (Math.abs(excess) < 1e-9 ? "0" : excess.toExponential(1));
  const lines = rows.map(
    ({ source, name, n, mixed, objective, theirs, excess, ratio }) =>
      `| ${source} | ${name} | ${n} | ${objective.toPrecision(8)} | ${theirs.toPrecision(8)} | ${difference(excess)} | ${mixed ? "" : Math.round(ratio)} |`,
  );
  const table = [
    `${met} of ${rows.length} fits from ${sources} sources are at or below the best of scipy's ${starts} starts, to 1e-7.`,
    "",
    "| source | fit | runs | isoflop | best of scipy | excess | scipy's CPU time over ours |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
  writeFileSync(page, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}
