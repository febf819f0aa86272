import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { misshapen } from "./misshapen.ts";
import { parseJsonc } from "./parseJsonc.ts";
import type { Tsconfig } from "./Tsconfig.ts";

type Library = typeof import("get-tsconfig");
type Options = Record<string, unknown>;

const require = createRequire(import.meta.url);

/** What holds where there is no tsconfig.json. */
export const noTsconfig: Tsconfig = {
  options: {},
  isThere: false,
  aliases: () => [],
  complaint: undefined,
};

/**
 * Reads a tsconfig.json and what it extends. What is wrong with it is told in `complaint`, and costs no more than it
 * must: a base that is missing costs what the base says, a file that is no JSON all of it.
 *
 * @returns the configuration and the files that it comes from
 */
export function readTsconfig(file: string): { tsconfig: Tsconfig; files: string[] } {
  let own: Options;
  try {
    own = readObject(file, file);
  } catch (error) {
    const complaint = `${(error as Error).message}; it is not used`;
    return { tsconfig: { ...noTsconfig, complaint }, files: [file] };
  }
  const { complaint, options, files } = withBases(file, own);
  return { tsconfig: withAliases(file, options, complaint), files };
}

function withBases(file: string, own: Options): { options: Options; files: string[]; complaint?: string } {
  const { parseTsconfig } = require("get-tsconfig") as Library; // with the first file: many folders have none
  const cache = new Map<string, string>();
  const files = () => [file, ...basesIn(cache).filter((each) => each !== file)];
  try {
    const { compilerOptions = {} } = parseTsconfig(file, cache);
    for (const base of files().slice(1)) readObject(base, file);
    return wellShaped(compilerOptions as Options, files());
  } catch (error) {
    const ownOnly = wellShaped((own.compilerOptions ?? {}) as Options, files());
    const complaint = `${describe(error as Error)}; what ${nameOf(file)} itself says is used`;
    return { complaint, ...ownOnly };
  }
}

/** The options that are what they have to be; which are not is told. */
function wellShaped(options: Options, files: string[]): ReturnType<typeof withBases> {
  const wrong = misshapen(options);
  if (wrong.size === 0) return { options, files };
  const others = Object.fromEntries(Object.entries(options).filter(([name]) => !wrong.has(name)));
  const complaint = `tsconfig.json: ${[...wrong.values()].join("; ")}; ${wrong.size === 1 ? "it is" : "they are"} not followed`;
  return { options: others, files, complaint };
}

/** The library notes each file that it reads under such a key. */
function basesIn(cache: ReadonlyMap<string, string>): string[] {
  return [...cache.keys()].flatMap((key) => /^readFileSync:(.*):utf8$/.exec(key)?.[1] ?? []);
}

function describe({ message }: Error): string {
  const missing = /^File '(.*)' not found\.$/.exec(message)?.[1];
  if (missing === undefined) return message.includes("tsconfig") ? message : `tsconfig.json: ${message}`;
  const name = /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(missing)?.[1];
  const help = name ? ` (npm install --save-dev ${name})` : "";
  return `tsconfig.json extends "${missing}", which is not there${help}`;
}

function readObject(file: string, root: string): Options {
  let value: unknown;
  const name = nameOf(file, root);
  try {
    value = parseJsonc(readFileSync(file, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code ? `${name} cannot be read (${code})` : `${name} ${message}`);
  }
  if (!isObject(value)) throw new Error(`${name} is not an object in braces`);
  const { compilerOptions = {} } = value;
  if (!isObject(compilerOptions)) throw new Error(`${name}: "compilerOptions" is not an object in braces`);
  return value;
}

function withAliases(file: string, options: Options, complaint: string | undefined): Tsconfig {
  const { createPathsMatcher } = require("get-tsconfig") as Library;
  try {
    const match = createPathsMatcher({ path: file, config: { compilerOptions: options } });
    const { baseUrl } = options as { baseUrl?: string };
    const aliases = (specifier: string): string[] => {
      const found = match?.(specifier) ?? [];
      if (baseUrl === undefined || /^\.{0,2}\//.test(specifier)) return found;
      return [...new Set([...found, join(dirname(file), baseUrl, specifier)])];
    };
    aliases("some/thing"); // throws where a value is not what it should be
    return { options, isThere: true, aliases, complaint };
  } catch (error) {
    const ofPaths = `tsconfig.json: "paths" is not followed: ${(error as Error).message}`;
    const { paths: _, baseUrl: __, ...others } = options;
    return {
      ...noTsconfig,
      options: others,
      isThere: true,
      complaint: complaint ? `${complaint}; ${ofPaths}` : ofPaths,
    };
  }
}

function nameOf(file: string, root = file): string {
  return relative(dirname(root), file) || file;
}

function isObject(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
