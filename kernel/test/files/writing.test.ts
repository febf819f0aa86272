import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkWritable } from "../../src/files/checkWritable.ts";
import { FileChangedError, FileWriteError } from "../../src/files/FileWriteError.ts";
import { freeName } from "../../src/files/freeName.ts";
import { isSameFile } from "../../src/files/isSameFile.ts";
import { temporaryName } from "../../src/files/temporaryName.ts";
import { writeFileAtomically } from "../../src/notebook/writeFileAtomically.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-writing-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);
const text = (path: string) => readFileSync(at(path), "utf8");

describe("a file that is replaced", () => {
  test.each([0o600, 0o640, 0o644, 0o664, 0o755, 0o666, 0o700])("keeps the mode %o", (mode) => {
    writeFileSync(at("a"), "old");
    chmodSync(at("a"), mode);
    writeFileAtomically(at("a"), "new");
    expect(text("a")).toBe("new");
    expect((statSync(at("a")).mode & 0o777).toString(8)).toBe(mode.toString(8));
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test.skipIf(process.getuid?.() !== 0)(
    "keeps its owner and group, as far as the system lets it",
    async () => {
      const { chownSync } = await import("node:fs");
      writeFileSync(at("a"), "old");
      chownSync(at("a"), 1234, 5678);
      writeFileAtomically(at("a"), "new");
      expect(statSync(at("a"))).toMatchObject({ uid: 1234, gid: 5678 });
    },
  );

  test.each([
    ["beside it", "a", "link", "a"],
    ["in another folder, with a relative target", "deep/er/a", "deep/link", "er/a"],
    ["with .. in its target", "a", "deep/link", "../a"],
  ])("keeps the link to it %s", (_, target, link, leads) => {
    mkdirSync(at("deep/er"), { recursive: true });
    writeFileSync(at(target), "old");
    symlinkSync(leads, at(link));
    symlinkSync(at(link), at("second"));
    for (const path of [link, "second"]) {
      writeFileAtomically(at(path), `by ${path}`);
      expect(lstatSync(at(path)).isSymbolicLink()).toBe(true);
      expect(text(target)).toBe(`by ${path}`);
    }
    expect(readlinkSync(at(link))).toBe(leads);
  });

  test("is made where a link leads to nothing yet", () => {
    symlinkSync("real/a", at("link"));
    writeFileAtomically(at("link"), "new");
    expect(text("real/a")).toBe("new");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
  });

  test.each([
    ["file in it", "folder/link", "../a"],
    ["link in it that leads on by another", "folder/first", "link"],
  ])("is found through a linked folder, by a relative %s", (_, through, leads) => {
    mkdirSync(at("real/sub"), { recursive: true });
    symlinkSync("real/sub", at("folder"));
    symlinkSync("../a", at("real/sub/link"));
    if (through !== "folder/link") symlinkSync(leads, at(through));
    for (const content of ["made", "replaced"]) {
      writeFileAtomically(at(through), content);
      expect(text("real/a")).toBe(content);
    }
    expect(readdirSync(folder).sort()).toEqual(["folder", "real"]);
  });

  test("is left as it is when it does not hold what was read", () => {
    writeFileSync(at("a"), "read");
    for (const edit of [() => writeFileSync(at("a"), "edited"), () => rmSync(at("a"))]) {
      writeFileSync(at("a"), "read");
      edit();
      const before = existsSync(at("a")) && text("a");
      expect(() => writeFileAtomically(at("a"), "new", { ifStill: "read" })).toThrow(FileChangedError);
      expect(existsSync(at("a")) && text("a")).toBe(before);
    }
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(at("a"), "read");
    writeFileAtomically(at("a"), "new", { ifStill: "read" });
    expect(text("a")).toBe("new");
  });

  test("has 200,000 characters of any kind to the byte", () => {
    const content = "ä語😀\0\r\n".repeat(30_000);
    writeFileAtomically(at("a"), content);
    expect(text("a")).toBe(content);
  });
});

describe("a temporary file", () => {
  test("has a name that nobody can guess, whatever the file is called", () => {
    const names = Array.from({ length: 1000 }, () => temporaryName(folder));
    expect(new Set(names).size).toBe(1000);
    for (const name of names) expect(name).toMatch(/[/\\]\.isoflop-[0-9a-f]{12}-\d+-\d+-[0-9a-f]{18}\.tmp$/);
    // Beside a name of the greatest length there is still room for it.
    writeFileAtomically(at("x".repeat(255)), "new");
    expect(text("x".repeat(255))).toBe("new");
  });

  test("as it was called before is not followed where somebody has put a link there", () => {
    writeFileSync(at("victim"), "untouched");
    for (const name of [`a.${process.pid}.tmp`, "a.tmp", ".a.tmp", "a~"]) symlinkSync("victim", at(name));
    writeFileAtomically(at("a"), "new");
    expect(text("victim")).toBe("untouched");
  });
});

describe("a place where nothing can be written is told in one line, at once, before and while it is written", () => {
  test.each<[string, string, RegExp]>([
    ["below a file", "file/a", /a file stands where a folder is needed/],
    ["far below a file", "file/b/c/a", /a file stands where a folder is needed/],
    ["a folder", "folder", /it is a folder/],
    ["a link to a folder", "toFolder", /it is a folder/],
    ["links in a circle", "circle", /links lead in a circle/],
    ["a name that is too long", "x".repeat(300), /its name is too long/],
    ["/proc", "/proc/x", /cannot be written: /],
    ["below /proc", "/proc/x/y/z/a.html", /cannot be written: /],
    ["below a process", "/proc/self/x/a", /cannot be written: /],
    ["below a device", "/dev/null/a", /a file stands where a folder is needed/],
  ])("%s", (_, path, message) => {
    writeFileSync(at("file"), "");
    mkdirSync(at("folder"));
    symlinkSync("folder", at("toFolder"));
    symlinkSync("circle", at("circle"));
    const before = readdirSync(folder);
    const given = path.startsWith("/") ? path : at(path);
    for (const write of [() => checkWritable(given), () => writeFileAtomically(given, "new")]) {
      expect(write).toThrow(FileWriteError);
      expect(write).toThrow(message);
      expect(write).not.toThrow(/\n/);
    }
    expect(readdirSync(folder)).toEqual(before);
  });

  test("looking leaves nothing behind and makes no folder", () => {
    checkWritable(at("a"), at("deep/er/b"), "/dev/null");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a device is written into, not replaced", () => {
    writeFileAtomically("/dev/null", "new");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(() => writeFileAtomically("/dev/full", "new")).toThrow(/no space is left on the disk/);
  });
});

test("one file by many names is one file, others are not", () => {
  mkdirSync(at("deep"));
  for (const name of ["a", "b"]) writeFileSync(at(name), "");
  symlinkSync("../a", at("deep/link"));
  linkSync(at("a"), at("hard"));
  for (const name of ["a", "deep/../a", "deep/link", "hard"])
    expect(isSameFile(at("a"), at(name))).toBe(true);
  for (const name of ["b", "none", "deep"]) expect(isSameFile(at("a"), at(name))).toBe(false);
});

test("a free name is taken by nobody", () => {
  const names = ["a.run.ipynb", "a.run-2.ipynb", "a.run-3.ipynb"];
  for (const name of names) {
    expect(freeName(at("a.ipynb"), "run")).toBe(at(name));
    writeFileSync(at(name), "");
  }
  expect(freeName("a.b/c", "run")).toBe("a.b/c.run");
});
