import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf } from "../release/check.js";
import { published, readManifest, root } from "../release/packages.js";
import { setRepository } from "../release/setRepository.js";

const address = "https://example.org/someone/isoflop";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isoflop-release-"));
  for (const name of published) {
    mkdirSync(join(folder, name));
    cpSync(join(root, name, "package.json"), join(folder, name, "package.json"));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const edit = (name: string, change: (manifest: Record<string, unknown>) => void) => {
  const manifest = readManifest(join(folder, name));
  change(manifest);
  writeFileSync(join(folder, name, "package.json"), JSON.stringify(manifest));
};
const changelog = (text: string) => writeFileSync(join(folder, "CHANGELOG.md"), text);
/** A folder that is ready to be released. */
const ready = () => {
  const { version } = readManifest(join(folder, "helpers"));
  setRepository(address, folder);
  changelog(`# Changelog\n\n## ${version} (2026-01-31)\n`);
  return version as string;
};

test("packages with an address, one version and a dated entry in the changelog are ready", () => {
  const version = ready();
  expect(problemsOf(folder, {})).toEqual([]);
  const env = {
    GITHUB_REF_TYPE: "tag",
    GITHUB_REF_NAME: `v${version}`,
    GITHUB_SERVER_URL: "https://example.org",
    GITHUB_REPOSITORY: "someone/isoflop",
  };
  expect(problemsOf(folder, env)).toEqual([]);
});

test("the address comes into every package, where npm and its provenance look for it", () => {
  setRepository(address, folder);
  for (const name of published) {
    expect(readManifest(join(folder, name))).toMatchObject({
      homepage: `${address}#readme`,
      bugs: { url: `${address}/issues` },
      repository: { type: "git", url: `git+${address}.git`, directory: name },
    });
  }
  const once = readFileSync(join(folder, "kernel/package.json"), "utf8");
  setRepository(address, folder);
  expect(readFileSync(join(folder, "kernel/package.json"), "utf8")).toBe(once);
});

test.each(["nothing", "example.org/someone/isoflop", `${address}.git`, "git@example.org:someone/isoflop"])(
  "%s is refused as an address",
  (wrong) =>
    expect(() => setRepository(wrong, folder)).toThrow(`https://HOST/OWNER/NAME, without .git; got ${wrong}`),
);

test("a package without an address is not published", () => {
  ready();
  edit("kernel", (manifest) => delete manifest.repository);
  expect(problemsOf(folder, {})).toEqual([
    expect.stringContaining("kernel/package.json names no repository"),
  ]);
});

test("an address that leads elsewhere is not published", () => {
  ready();
  edit("datasets", (manifest) => {
    manifest.bugs = { url: "https://example.org/elsewhere/issues" };
  });
  expect(problemsOf(folder, {})).toEqual([
    expect.stringContaining(`datasets/package.json: bugs does not lead to ${address}`),
  ]);
  ready();
  const env = { GITHUB_SERVER_URL: "https://example.org", GITHUB_REPOSITORY: "fork/isoflop" };
  expect(problemsOf(folder, env)).toHaveLength(published.length);
});

test("versions that do not agree are not published", () => {
  const version = ready();
  edit("datasets", (manifest) => {
    manifest.version = "9.9.9";
  });
  edit("kernel", (manifest) => {
    manifest.dependencies = { isoflop: "0.0.1" };
  });
  expect(problemsOf(folder, {})).toEqual([
    `datasets has version 9.9.9, helpers ${version}`,
    `kernel depends on isoflop 0.0.1, which is at ${version}`,
  ]);
});

test("a version that the changelog does not have, or has without a date, is not published", () => {
  const version = ready();
  changelog("# Changelog\n\n## 0.0.1 (2020-01-01)\n");
  expect(problemsOf(folder, {})).toEqual([`CHANGELOG.md has no heading "## ${version} (DATE)"`]);
  changelog(`# Changelog\n\n## ${version} (unreleased)\n`);
  expect(problemsOf(folder, {})).toEqual([expect.stringContaining("put the date there")]);
});

test("a tag that is not the version is not published", () => {
  const version = ready();
  const env = { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: "v9.9.9" };
  expect(problemsOf(folder, env)).toEqual([
    expect.stringContaining(`the tag is v9.9.9, the version ${version}`),
  ]);
});
