import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkWritable } from "../../src/files/checkWritable.ts";
import { isOwnerDead, ownerMark } from "../../src/files/deadOwner.ts";
import { removeLeftOver } from "../../src/files/removeLeftOver.ts";
import { removeOldTemporaries } from "../../src/files/temporaryName.ts";
import { unbroken } from "../../src/files/unbroken.ts";
import { cleanNotebooks } from "../../src/notebook/cleanNotebooks.ts";
import { writeFileAtomically } from "../../src/notebook/writeFileAtomically.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-left-over-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);

const [home = "", , begin = ""] = ownerMark().split("-");
const hex = "0123456789abcdef01";
const deadPid = 999_999_999;
const stranger = "0".repeat(12);
const days = (count: number) => new Date(Date.now() - count * 24 * 3600 * 1000);

test("only what dead processes of this machine left is removed, and links are not followed", () => {
  const dead = [
    `x-${home}-${deadPid}-5-a`,
    `x-${home}-${process.pid}-${Number(begin) + 1}-a`,
    // The first process lives, belongs to root as a rule, and began at another time.
    ...(existsSync("/proc/1/stat") ? [`x-${home}-1-987654321-a`] : []),
  ];
  const kept = [
    `x-${ownerMark()}-a`,
    "x-a",
    `y-${home}-${deadPid}-5-a`,
    `x-${home}-${deadPid}-5`,
    `x-${deadPid}-5-a`,
    `x-${home}-${process.ppid}-0-a`,
    `x-${stranger}-${deadPid}-5-a`,
  ];
  for (const name of [...dead, ...kept]) mkdirSync(at(`${name}/in`), { recursive: true });
  mkdirSync(at("other/in"), { recursive: true });
  symlinkSync("other", at(`x-${home}-${deadPid}-5-link`));
  removeLeftOver(folder, "x-");
  expect(readdirSync(folder).sort()).toEqual([...kept, "other", `x-${home}-${deadPid}-5-link`].sort());
  expect(readdirSync(at("other"))).toEqual(["in"]);
  expect(isOwnerDead("nonsense")).toBe(false);
  expect(isOwnerDead(`${stranger}-${deadPid}-5`)).toBe("unknown");
  removeLeftOver(at("none"), "x-");
});

const name = (mark: string, end = `${hex}.tmp`) => `.isoflop-${mark}-${end}`;
const dead = `${home}-${deadPid}-5`;
const goes = [name(dead), name(`${home}-${process.pid}-${Number(begin) + 1}`), name(`${home}-${deadPid}-0`)];
const goesWhenOld = [
  name(`${stranger}-1-1`),
  name(`${stranger}-${deadPid}-5`),
  name(`abcdefabcdef-${process.pid}-${begin}`),
];
const stays = [
  name(ownerMark()),
  name(`${home}-${process.pid}-0`),
  name(dead, `${hex}.tmp.bak`),
  name(dead, `${hex}0.tmp`),
  name(dead, "0123.tmp"),
  name(dead, `${hex.toUpperCase()}.tmp`),
  name(dead, `${hex}.txt`),
  name(dead).slice(1),
  `a${name(dead)}`,
  name(`${home.toUpperCase()}x-${deadPid}-5`),
  name(`${deadPid}-5`),
  `.isoflop-${hex}.tmp`,
  ".isoflop-.tmp",
  ".isoflop-notes.tmp",
  `.isoflop~${dead}-abc`,
  "notes.tmp",
];

test.each<[string, () => unknown]>([
  ["a write", () => writeFileAtomically(at("result"), "new")],
  ["looking whether something can be written", () => checkWritable(at("result"), at("other"))],
  ["a clean that changes nothing", () => [...cleanNotebooks([folder], false)]],
  ["a sweep", () => removeOldTemporaries(folder)],
])("%s removes what killed writers left in the folder, and nothing else", (what, work) => {
  for (const file of [...goes, ...goesWhenOld, ...stays]) writeFileSync(at(file), file);
  const notebook = `${JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 })}\n`;
  writeFileSync(at("a.ipynb"), notebook);
  const others = ["a.ipynb", ...(what === "a write" ? ["result"] : [])];
  // What is called like one and is none.
  mkdirSync(at(name(dead, `${"1".repeat(18)}.tmp`)));
  symlinkSync("a.ipynb", at(name(dead, `${"2".repeat(18)}.tmp`)));
  symlinkSync("nowhere", at(name(dead, `${"3".repeat(18)}.tmp`)));
  for (const digit of "123") others.push(name(dead, `${digit.repeat(18)}.tmp`));
  for (const file of stays) utimesSync(at(file), days(400), days(400));
  for (const file of goesWhenOld) utimesSync(at(file), days(6), days(6));
  if (what === "a clean that changes nothing") [...cleanNotebooks([folder], true)];
  expect(readdirSync(folder)).toEqual(expect.arrayContaining([...goes, ...goesWhenOld, ...stays]));
  work();
  expect(readdirSync(folder).sort()).toEqual([...goesWhenOld, ...stays, ...others].sort());
  for (const file of goesWhenOld) utimesSync(at(file), days(8), days(8));
  removeOldTemporaries(folder);
  expect(readdirSync(folder).sort()).toEqual([...stays, ...others].sort());
  expect(readFileSync(at("a.ipynb"), "utf8")).toBe(notebook);
});

test("listening for signals ends soon after the work, whether it was done or failed", async () => {
  const listeners = () => ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => process.listenerCount(signal));
  const turns = async () => {
    for (let k = 0; k < 5; k++) await new Promise((resolve) => setImmediate(resolve));
  };
  await turns();
  const before = listeners();
  expect(unbroken(() => unbroken(() => 7))).toBe(7);
  expect(() =>
    unbroken(() => {
      throw new Error("failed");
    }),
  ).toThrow("failed");
  await turns();
  expect(listeners()).toEqual(before);
});
