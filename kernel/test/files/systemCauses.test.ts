import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { describeReadFailure } from "../../src/files/describeReadFailure.ts";
import { FileWriteError } from "../../src/files/FileWriteError.ts";
import { installKernelSpec } from "../../src/kernelspec/installKernelSpec.ts";
import { kernelSpec } from "../../src/kernelspec/KernelSpec.ts";
import { uninstallKernelSpec } from "../../src/kernelspec/uninstallKernelSpec.ts";
import { ConnectionFile } from "../../src/notebook/ConnectionFile.ts";
import { createConnection } from "../../src/notebook/ConnectionInfo.ts";
import { cleanNotebooks } from "../../src/notebook/cleanNotebooks.ts";
import { findNotebooks } from "../../src/notebook/findNotebooks.ts";
import { readNotebook } from "../../src/notebook/readNotebook.ts";
import { writeReports } from "../../src/report/writeReports.ts";

let folder: string;
const at = (path: string) => join(folder, path);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-causes-"));
  writeFileSync(at("file"), "x");
  mkdirSync(at("folder"));
  symlinkSync("circle", at("circle"));
  symlinkSync("b", at("a"));
  symlinkSync("a", at("b"));
  writeFileSync(at("n.ipynb"), '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** In words of one line: no code with a colon, no call, no stack. */
const raw =
  /\n|E[A-Z]{3,}:|, (open|stat|lstat|mkdir|scandir|rename|mkdtemp|access|unlink|readlink)\b| {4}at /;

test("every error that a system knows is one line without codes and calls, for reading and for writing", () => {
  const errors = [...getSystemErrorMap()];
  expect(errors.length).toBeGreaterThan(60);
  for (const [errno, [code, text]] of errors) {
    const error = Object.assign(new Error(`${code}: ${text}, open '/x'`), {
      errno,
      code,
      syscall: "open",
      path: "/x",
    });
    for (const said of [new FileWriteError("/x", error).message, `/x: ${describeReadFailure(error)}`]) {
      expect(said, code).not.toMatch(raw);
      expect(said, code).toMatch(/^\/x.*: \S.{9,}$/);
    }
  }
});

test.each([
  "ELOOP",
  "ENAMETOOLONG",
  "ENOTDIR",
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "EIO",
  "EBUSY",
  "ESTALE",
  "EISDIR",
  "ENOENT",
  "EEXIST",
])("%s has a cause and a way out", (code) => {
  expect(new FileWriteError("/x", Object.assign(new Error(), { code })).message).toMatch(
    /^\/x cannot be written: [^;]+; [^;]+$/,
  );
});

/** Places where a folder can be neither made nor looked into. */
const places = (): string[] => [
  at("file/x"),
  at("file/x/y/z"),
  at("circle"),
  at("circle/x"),
  at("a"),
  at("b/x/y"),
  at("x".repeat(300)),
  at(`folder/${"ä".repeat(200)}/x`),
  at(`${"deep/".repeat(1500)}x`),
  "/proc/x",
  "/proc/self/x/y",
  "/dev/null/x",
];

test("where nothing can be, every command says so with the path, the cause and the way out", async () => {
  const before = readdirSync(folder).sort();
  const connection = await createConnection();
  const spec = kernelSpec({ node: "node", main: "main.js", version: "1" });
  for (const place of places()) {
    const works: Record<string, () => unknown> = {
      install: () => installKernelSpec({ dataFolder: place, name: "k", spec }),
      "install over": () => installKernelSpec({ dataFolder: place, name: "k", spec, force: true }),
      uninstall: () => uninstallKernelSpec({ dataFolder: place, name: "k" }),
      find: () => findNotebooks(place),
      read: () => readNotebook(place),
      report: () => writeReports([place], { output: folder, kernel: ["never"] }),
      "report into": () => writeReports([at("n.ipynb")], { output: place, kernel: ["never"], noRun: true }),
      clean: () => {
        const [{ failure } = {}] = cleanNotebooks([place], false);
        throw new Error(failure);
      },
      "start a kernel": () => {
        vi.stubEnv("TMPDIR", place);
        try {
          new ConnectionFile(connection);
        } finally {
          vi.unstubAllEnvs();
        }
      },
    };
    for (const [what, work] of Object.entries(works)) {
      const error = await Promise.resolve()
        .then(work)
        .then(() => undefined)
        .catch((error: Error) => error);
      const where = `${what} ${place.slice(-40)}`;
      expect(error, where).toBeInstanceOf(Error);
      expect(error!.message, where).not.toMatch(raw);
      expect(error!.message, where).toContain(place);
      expect(error!.message, where).toMatch(/; \S/);
    }
  }
  expect(readdirSync(folder).sort()).toEqual(before);
});

test("a name for a kernel that no file system takes, and a file where the kernels should be", () => {
  const spec = kernelSpec({ node: "node", main: "main.js", version: "1" });
  const install =
    (name: string, force = false) =>
    () =>
      installKernelSpec({ dataFolder: folder, name, spec, force });
  for (const force of [false, true])
    expect(install("k".repeat(300), force)).toThrow(/k cannot be written: its name is too long/);
  rmSync(at("kernels"), { recursive: true });
  writeFileSync(at("kernels"), "");
  expect(install("k")).toThrow(/kernels.k cannot be written: a file stands where a folder is needed/);
  rmSync(at("kernels"));
  symlinkSync("kernels", at("kernels"));
  expect(install("k")).toThrow(/kernels.k cannot be written: its symbolic links lead in a circle/);
});
