// npm run bench -- sld --train DIR [--test DIR] [--json] [--only TASK,TASK]
// SLDBench's eight tasks with discover(), one configuration for all: R² as the benchmark defines it, the chosen law and the
// seconds. Without a folder of test rows the top level of the scales is held out of the training rows.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { discover } from "isoflop";
import Papa from "papaparse";
import { topHeldOut } from "./sld/holdOut.js";
import { scoreTask } from "./sld/score.js";
import { scaleOf, tasks } from "./sld/tasks.js";

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      train: { type: "string" },
      test: { type: "string" },
      json: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  if (!values.train) throw new RangeError("--train must be a folder with NAME_train.csv, got nothing");
  const names = values.only ? values.only.split(",") : Object.keys(tasks);
  const unknown = names.find((name) => !Object.hasOwn(tasks, name));
  if (unknown !== undefined) {
    throw new RangeError(`--only must be among ${Object.keys(tasks).join(", ")}, got ${unknown}`);
  }
  const results = {};
  for (const name of names) {
    results[name] = runTask(name, values.train, values.test);
    if (!values.json) console.log(lineOf(name, results[name]));
  }
  const all = Object.values(results);
  const summary = {
    tasks: results,
    mean: all.reduce((sum, { r2 }) => sum + r2, 0) / all.length,
    seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  };
  if (values.json) console.log(JSON.stringify(summary, undefined, 2));
  else console.log(`mean R² ${summary.mean.toFixed(4)}, ${summary.seconds.toFixed(1)} s`);
}

function runTask(name, trainFolder, testFolder) {
  const task = tasks[name];
  const all = readRows(join(trainFolder, `${name}_train.csv`), task);
  const { train, test } =
    testFolder === undefined
      ? topHeldOut(all, task)
      : { train: all, test: readRows(join(testFolder, `${name}_test.csv`), task) };
  const began = performance.now();
  const found = discover(train, {
    response: task.response,
    scale: scaleOf(task),
    ...(task.group && { group: task.group }),
    points: test.map((row) =>
      Object.fromEntries([...task.inputs, ...(task.group ? [task.group] : [])].map((key) => [key, row[key]])),
    ),
  });
  const seconds = (performance.now() - began) / 1000;
  return {
    ...scoreTask(test, task, found.predictions),
    law: found.law,
    set: found.set.map(({ law, weight, error, shared }) => ({ law, weight, error, shared })),
    considered: found.considered,
    rows: [train.length, test.length],
    seconds,
  };
}

/** The columns of a task; a test file may call a response otherwise. */
function readRows(path, { response, inputs, group, otherNames = {} }) {
  if (!existsSync(path)) throw new RangeError(`--train and --test must hold ${path}, and it is not there`);
  const { data } = Papa.parse(readFileSync(path, "utf8"), { header: true, skipEmptyLines: true });
  return data.map((row) => {
    const numberOf = (name) => Number(row[name] ?? row[otherNames[name]]);
    const numbers = [...inputs, ...response].map((name) => [name, numberOf(name)]);
    return { ...Object.fromEntries(numbers), ...(group && { [group]: row[group] }) };
  });
}

function lineOf(name, { r2, unclipped, law, set, seconds, rows, considered }) {
  const clipped = r2 === unclipped ? "" : ` (unclipped ${unclipped.toFixed(3)})`;
  return (
    `${name}: R² ${r2.toFixed(4)}${clipped}, ${seconds.toFixed(1)} s, ${rows.join("/")} rows, ` +
    `${considered} laws, set of ${set.length}: ${law}`
  );
}
