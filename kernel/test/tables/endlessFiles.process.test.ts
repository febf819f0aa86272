import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-endless-"));
const at = (name: string) => join(folder, name);
const header = "run,params,tokens,loss\n";
const megabyte = "x".repeat(1e6);

beforeAll(() => {
  for (const kind of ["csv", "csv.gz", "jsonl", "parquet", "ipynb"]) {
    mkdirSync(at(`folder.${kind}`));
    spawnSync("mkfifo", [at(`pipe.${kind}`)]);
    symlinkSync("/dev/zero", at(`zero.${kind}`));
    symlinkSync("/dev/random", at(`random.${kind}`));
    symlinkSync(`loop.${kind}`, at(`loop.${kind}`));
    symlinkSync("/proc/kmsg", at(`kmsg.${kind}`));
    symlinkSync("/proc/self/mem", at(`mem.${kind}`));
    symlinkSync("/dev/null/x", at(`below.${kind}`));
  }
  writeFileSync(at("field.csv"), `${header}"${megabyte.repeat(40)}",1e8,1e10,2.5\n`);
  writeFileSync(at("line.csv"), `${header}${megabyte.repeat(100)}`);
  writeFileSync(at("line.jsonl"), `{"run":"${megabyte.repeat(100)}`);
  writeFileSync(at("bomb.csv.gz"), gzipSync(Buffer.alloc(3e8, "0")));
  writeFileSync(at("lines.csv.gz"), gzipSync(Buffer.alloc(3e8, "\n")));
  writeFileSync(at("bomb.jsonl.gz"), gzipSync(Buffer.alloc(3e8, " ")));
  writeFileSync(at("bytes.ipynb"), Buffer.from('{"cells": "gr\xf6n"}', "latin1"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ends = ["csv", "csv.gz", "jsonl", "parquet"];
const names = ["folder", "pipe", "zero", "random", "loop", "kmsg", "mem", "below"];
const tables = [
  ...names.map((name, k) => `${name}.${ends[(k + (k >> 2)) % 4]}`),
  ...["field.csv", "line.csv", "line.jsonl", "bomb.csv.gz", "lines.csv.gz", "bomb.jsonl.gz"],
];
const notebooks = ["folder", "pipe", "zero", "loop", "kmsg", "bytes"];

/** In little memory and time: whatever does not end, or does not fit, would not. */
const isoflop = (...args: string[]) =>
  spawnSync(process.execPath, ["--max-old-space-size=200", bin, ...args], {
    encoding: "utf8",
    timeout: 60_000,
  });

test.each(tables)("fit %s is told in one line", (name) => {
  const { status, stdout, stderr } = isoflop("fit", at(name));
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^isoflop: \S+[ :,][^\n]+\n$/);
  expect(stderr).toContain(at(name));
});

test.each(notebooks)("run and clean %s.ipynb are told in one line", (name) => {
  const path = at(`${name}.ipynb`);
  // A folder is searched for notebooks.
  const command = name === "folder" ? ["run", path] : name.length % 2 ? ["run", path] : ["clean", path];
  const { status, stdout, stderr } = isoflop(...command);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.split("\n")[0]).toMatch(/^isoflop: [^\n]+$/);
  expect(stderr).toContain(path);
});
