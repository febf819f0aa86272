import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const quiet = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] } as const;

/** What people build with, installed as .ci/run does: `npm ci --prefix kernel/test/packages/bundlers`. */
export const bundlers = join(root, "kernel/test/packages/bundlers");

/** npm takes seconds for what does not change while the tests run. */
const packed = new Map<string, string>();

/** The tarball that `npm publish` would send. */
export function pack(folder: string, destination: string): string {
  const known = packed.get(folder);
  if (known !== undefined && existsSync(known)) return known;
  const [written] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", destination], {
      ...quiet,
      cwd: folder,
    }),
  );
  const tarball = join(destination, written.filename);
  packed.set(folder, tarball);
  return tarball;
}

/**
 * A folder below `bundlers` with copies of `files` from there, in which the helpers and the tables are found as they are
 * packed, and everything else as it is installed in `bundlers`.
 */
export function userFolder(...files: readonly string[]): { folder: string; remove(): void } {
  mkdirSync(join(bundlers, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(bundlers, ".cache/user-"));
  const tarballs = mkdtempSync(join(tmpdir(), "isoflop-packed-"));
  for (const [room, name] of [
    ["helpers", "isoflop"],
    ["datasets", "isoflop-datasets"],
  ] as const) {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    const tarball = pack(join(root, room), tarballs);
    execFileSync("tar", ["xf", tarball, "--strip-components=1", "-C", place]);
  }
  rmSync(tarballs, { recursive: true });
  for (const file of files) {
    const from = join(bundlers, file);
    cpSync(from, statSync(from).isFile() ? join(folder, basename(file)) : folder, { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
