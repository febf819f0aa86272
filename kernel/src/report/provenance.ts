import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What a result depended on, for the foot of a report. */
export interface Provenance {
  /** Package name to version, as resolved from the notebook's folder. */
  packages: Record<string, string>;
  node: string;
  platform: string;
  /** Of the dataset tables, all files in one; undefined where there are none. */
  datasetsSha256?: string;
  /** Commit of the notebook's repository, with "and changes" when the folder differs from it. */
  commit?: string;
}

const packageNames = ["isoflop", "isoflop-datasets", "isoflop-kernel"];

/** Finds out what a notebook in this folder runs on. What is not there is left out. */
export function findProvenance(folder: string): Provenance {
  const require = createRequire(join(folder, "notebook.js"));
  const manifests = new Map<string, string>();
  for (const name of packageNames) {
    try {
      manifests.set(name, require.resolve(`${name}/package.json`));
    } catch {}
  }
  const packages = Object.fromEntries(
    [...manifests].map(([name, path]) => [name, JSON.parse(readFileSync(path, "utf8")).version]),
  );
  const datasets = manifests.get("isoflop-datasets");
  return {
    packages,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    datasetsSha256: datasets && hashFolder(join(dirname(datasets), "tables")),
    commit: findCommit(folder),
  };
}

function hashFolder(folder: string): string | undefined {
  try {
    const hash = createHash("sha256");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".csv"),
    );
    for (const name of files.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
    return files.length ? hash.digest("hex") : undefined;
  } catch {
    return undefined;
  }
}

function findCommit(folder: string): string | undefined {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const commit = git("rev-parse", "--short=12", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no", "--", ".") ? `${commit} and changes` : commit;
  } catch {
    return undefined;
  }
}
