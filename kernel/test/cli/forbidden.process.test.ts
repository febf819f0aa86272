import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/isoflop.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isoflop-forbidden-"));
const at = (path: string) => join(folder, path);
afterAll(() => rmSync(folder, { recursive: true }));

const notebook = (source: string, count: number | null) => {
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: count };
  return `${JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 })}\n`;
};
/** Root may do everything, so the program is then run as nobody. */
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
const isoflop = (args: string[], uid?: number) =>
  spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: "utf8",
    ...(uid && { uid, gid: uid }),
  });

test("what may not be written is told before anything runs, and what may not be read", (context) => {
  const canStart = isoflop(["--version"], nobody).status === 0;
  context.skip(!canStart, "the one who may not write may not start the program either");
  const old = notebook("1", 7);
  mkdirSync(at("locked"));
  for (const path of ["readOnly.ipynb", "locked/a.ipynb", "secret.ipynb"]) writeFileSync(at(path), old);
  mkdirSync(at("hidden"));
  if (nobody !== undefined) for (const path of readdirSync(folder)) chownSync(at(path), nobody, nobody);
  chmodSync(folder, 0o777);
  for (const [path, mode] of [
    ["readOnly.ipynb", 0o444],
    ["secret.ipynb", 0o000],
    ["locked", 0o555],
    ["hidden", 0o000],
  ] as const)
    chmodSync(at(path), mode);
  const cannotClean = (path: string) =>
    `isoflop: ${path} cannot be cleaned: it, or its folder, may be read but not written; change its permissions, or clean a copy`;
  const many = isoflop(["clean", "readOnly.ipynb", "locked", "secret.ipynb", "hidden"], nobody);
  expect(many).toMatchObject({ status: 1, stdout: "" });
  expect(many.stderr.split("\n")).toEqual([
    cannotClean("readOnly.ipynb"),
    cannotClean("locked/a.ipynb"),
    "isoflop: cannot read secret.ipynb: permission denied; change its permissions or those of its folder",
    "isoflop: cannot read hidden: permission denied; change its permissions or those of its folder",
    "4 notebooks: 0 cleaned, 2 could not be read, 2 could not be written",
    "",
  ]);
  for (const args of [
    ["run", "readOnly.ipynb"],
    ["run", "locked/a.ipynb"],
    ["run", "secret.ipynb"],
    ["report", "hidden", "-o", "out"],
    ["report", "readOnly.ipynb", "-o", "locked/out"],
    ["kernel", "install", "--prefix", "locked/in"],
    ["kernel", "install", "--prefix", "hidden"],
  ]) {
    const { status, stdout, stderr } = isoflop(args, nobody);
    expect({ status, stdout }, args.join(" ")).toEqual({ status: 1, stdout: "" });
    expect(stderr, args.join(" ")).toMatch(
      /^isoflop: .*(cannot be written: |cannot read .*: )permission denied; .+\n$/,
    );
  }
  for (const path of ["locked", "hidden"]) chmodSync(at(path), 0o700);
  for (const path of ["readOnly.ipynb", "locked/a.ipynb"]) expect(readFileSync(at(path), "utf8")).toBe(old);
  expect(readdirSync(at("locked"))).toEqual(["a.ipynb"]);
});

test("a notebook is cleaned and run through links in linked folders, and they stay", () => {
  mkdirSync(at("real/sub"), { recursive: true });
  mkdirSync(at("far/off"), { recursive: true });
  symlinkSync("../real/sub", at("far/sub"));
  symlinkSync("far/sub", at("linked"));
  symlinkSync("../a.ipynb", at("real/sub/up.ipynb"));
  symlinkSync("up.ipynb", at("real/sub/again.ipynb"));
  symlinkSync(at("linked/again.ipynb"), at("far/off/whole.ipynb"));
  const links = ["linked/up.ipynb", "linked/again.ipynb", "far/sub/up.ipynb", "far/off/whole.ipynb"];
  const cells = () => JSON.parse(readFileSync(at("real/a.ipynb"), "utf8")).cells[0];
  for (const link of [links[0]!, links[3]!]) {
    writeFileSync(at("real/a.ipynb"), notebook("6 * 7", 7));
    const { status, stdout, stderr } = isoflop(["clean", link]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `${link}: execution count of 1 cell\n`,
      stderr: "1 notebook: 1 cleaned\n",
    });
    expect(cells().execution_count).toBe(null);
  }
  const ran = isoflop(["run", links[1]!]);
  expect(ran.stderr).toMatch(/linked\/again\.ipynb: 1 code cells ran, /);
  expect(ran.status).toBe(0);
  expect(cells().outputs[0].data["text/plain"]).toEqual(["42"]);
  for (const link of links) expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
  expect(readdirSync(at("real")).sort()).toEqual(["a.ipynb", "sub"]);
});
