import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { installHelp, parseRegistrySpecifier } from "./registrySpecifier.ts";

const require = createRequire(import.meta.url);

/** The folder of a package, as Node finds it from another folder. */
export function packageFolder(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
    if (dirname(at) === at) return undefined;
  }
}

/** A package.json as far as it can be read. */
export function manifestOf(folder: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/**
 * Why what is installed is not what a specifier with `npm:` or `jsr:` asks for, and what to do about it; undefined
 * where it is, or where that cannot be told, as of a tag.
 *
 * @param companion - where else a package may be: those that come with the kernel are beside it
 */
export function registryComplaint(
  specifier: string,
  from: string,
  companion: (name: string) => string | undefined = () => undefined,
): string | undefined {
  const parts = parseRegistrySpecifier(specifier);
  if (!parts) {
    const example = specifier.startsWith("jsr") ? '"jsr:@std/path@1"' : '"npm:lodash@^4/chunk"';
    return `"${specifier}" is no package: write the package's name, then what version, then what part of it, as in ${example}`;
  }
  const folder = packageFolder(parts.name, from) ?? companion(parts.name);
  const help = installHelp(parts);
  if (folder === undefined) {
    return `Cannot find package "${parts.name}"${parts.range ? ` (${parts.range})` : ""} from ${from}.\n${help}`;
  }
  const { version } = manifestOf(folder);
  if (parts.range === undefined || typeof version !== "string" || matches(version, parts.range))
    return undefined;
  return `"${specifier}" asks for ${parts.name} ${parts.range}, but version ${version} is installed in ${folder}.\n${help}`;
}

/** A tag, as `latest`, says nothing that could be compared. */
function matches(version: string, range: string): boolean {
  const semver = require("semver") as typeof import("semver"); // most sessions name no version
  const options = { includePrerelease: true }; // who installed a prerelease means it
  return semver.validRange(range) === null || semver.satisfies(version, range, options);
}
