import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lacksOf, lockfiles } from "../complete-lockfile.js";

interface Entry {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string): { packages: Record<string, Entry> } =>
  JSON.parse(readFileSync(join(root, name), "utf8"));

describe.each(lockfiles)("%s", (name) => {
  const lock = read(name);
  const downloaded = Object.entries(lock.packages).filter(
    ([place, { link }]) => place.includes("node_modules/") && !link,
  );

  test("has a hash for everything that is downloaded", () => {
    expect(downloaded.length).toBeGreaterThan(40);
    expect(downloaded.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
  });

  test("has the builds for all platforms: npm run lockfile puts them back", () => {
    expect(lacksOf(lock)).toEqual({ absent: [], unhashed: [] });
  });

  test("names no host, so that everyone downloads from the registry they have chosen", () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved?.includes("://"))).toEqual([]);
  });
});

test("a build and a hash are missed where they are missing", () => {
  const { packages } = read(lockfiles[0]!);
  const { version } = packages["node_modules/vitest"]!;
  delete packages["node_modules/fsevents"];
  delete packages["node_modules/vitest"]!.integrity;
  const { absent, unhashed } = lacksOf({ packages });
  expect(absent.map(({ place }) => place)).toEqual(["node_modules/fsevents"]);
  expect(unhashed).toEqual([{ place: "node_modules/vitest", specifier: `vitest@${version}` }]);
});

// Two versions of a library mean two behaviours and twice the download. What is here twice has a reason.
const twice = {
  commander: "KaTeX's own command line, which nobody here starts, wants 8",
};

test("what a workspace asks for by name is there in one version, or the reason is written down", () => {
  const { packages } = read(lockfiles[0]!);
  const asked = new Set(
    ["", "helpers", "datasets", "kernel", "notebooks"].flatMap((room) =>
      Object.keys({ ...packages[room]!.dependencies, ...packages[room]!.devDependencies }),
    ),
  );
  const versionsOf = (name: string) =>
    new Set(
      Object.entries(packages)
        .filter(([place]) => place.endsWith(`node_modules/${name}`))
        .map(([, { version }]) => version),
    );
  expect([...asked].filter((name) => versionsOf(name).size > 1).sort()).toEqual(Object.keys(twice));
});
