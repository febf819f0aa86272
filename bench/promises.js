// npm run bench -- promises [--only PROBE,PROBE] [--kernels isoflop,deno] [--tries 1] [--json FILE] [--list]
// What the kernel promises, put to the test beside ipykernel, Deno and tslab: each probe starts a fresh kernel, sets a
// variable, does the hostile thing, and asks whether the kernel lives, answers `1 + 1` within 10 s, still has the
// variable, still tells errors, and said a word where something was lost. Prints a Markdown table of what was observed.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installPeers, kernels, python } from "./kernel/peers.js";
import { table } from "./promises/table.js";

const script = fileURLToPath(new URL("promises/ask.py", import.meta.url));

export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      kernels: { type: "string", default: Object.keys(kernels).join(",") },
      tries: { type: "string", default: "1" },
      json: { type: "string" },
      list: { type: "boolean", default: false },
    },
  });
  const probes = listProbes();
  if (values.list) {
    for (const { name, sentence } of probes) console.log(`${name.padEnd(26)}${sentence}`);
    return;
  }
  const tries = wholeNumber("--tries", values.tries);
  const chosen = knownOnly("--kernels", values.kernels, Object.keys(kernels));
  const names = probes.map(({ name }) => name);
  const only = values.only === undefined ? names : knownOnly("--only", values.only, names);
  if (chosen.some((name) => name === "deno" || name === "tslab")) installPeers();
  const folder = notebookFolder();
  const observed = Object.fromEntries(
    chosen.map((name) => [name, Object.fromEntries(only.map((probe) => [probe, []]))]),
  );
  try {
    const runs = Array.from({ length: tries }, () => chosen).flat();
    // Two at a time: what they do is mostly waiting.
    await Promise.all(
      Array.from({ length: 2 }, async () => {
        for (let name = runs.shift(); name; name = runs.shift())
          await ask(name, folder, only, (line) => {
            observed[name][line.name].push(line);
            console.error(
              `${name}: ${line.name}: ${line.outcome}${line.why ? `\n${line.why}` : ""} (${line.seconds} s)`,
            );
          });
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const versions = chosen.map((name) => `${name} ${version(name)}`).join(", ");
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const notes = `${versions}; ${machine}; ${tries === 1 ? "one try" : `${tries} tries`} of each, each with a fresh kernel`;
  const kept = probes.filter(({ name }) => only.includes(name));
  console.log([notes, "", ...table(kept, observed)].join("\n"));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ notes, observed }, null, 2)}\n`);
}

function listProbes() {
  const lines = execFileSync(python, [script, "--list"], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function wholeNumber(option, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${option} is ${text}; it takes a whole number from 1 on`);
  return number;
}

function knownOnly(option, text, known) {
  const chosen = text.split(",");
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`${option} has ${unknown.join(", ")}; it takes some of ${known.join(",")}`);
  return chosen;
}

async function ask(name, folder, only, onLine) {
  const { command, dialect } = kernels[name];
  const args = [script, "--kernel", command, "--dialect", dialect, "--folder", folder];
  const child = spawn(python, [...args, ...only.flatMap((each) => ["--only", each])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) onLine(JSON.parse(line));
  const status = await ended;
  if (status !== 0) throw new Error(`asking ${name} ended with status ${status}`);
}

function version(name) {
  const ofPackage = (path) =>
    JSON.parse(readFileSync(new URL(`${path}/package.json`, import.meta.url), "utf8")).version;
  if (name === "isoflop") return ofPackage("../kernel");
  if (name === "ipykernel")
    return execFileSync(python, ["-c", "import ipykernel; print(ipykernel.__version__)"], {
      encoding: "utf8",
    }).trim();
  return ofPackage(`peers/node_modules/${name}`);
}

/** An npm project with Node's types (tslab has none of its own), as a person's folder would be. */
function notebookFolder() {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-promises-"));
  mkdirSync(join(folder, "node_modules"));
  const types = fileURLToPath(new URL("../node_modules/@types", import.meta.url));
  symlinkSync(types, join(folder, "node_modules/@types"));
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true }\n');
  return folder;
}
