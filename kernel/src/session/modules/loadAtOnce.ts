import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runBeside } from "./besideFile.ts";
import { importResolver } from "./importResolver.ts";
import { isModuleFile } from "./isModulePackage.ts";
import { hasHooks } from "./moduleHooks.ts";
import { beginLoad, endingWith, endLoad, type Load, toldOfUnended } from "./unendedLoads.ts";

/** What Node says of a module that failed when asked for in one way, and is asked for in the other. */
const unsaid = "ERR_INTERNAL_ASSERTION";

/** Node's own `import`. */
type Native<T> = (specifier: string) => Promise<T>;

let importing = 0;

/** Modules that have been loaded in one go, or were tried. */
const tried = new Set<string>();

/** What was wrong with modules that failed: Node does not say it of a module a second time. */
const failures = new Map<string, unknown>();

/** And of those that do not fit together. */
const told = new Map<string, unknown>();

let tell: (isLoading: boolean) => void = () => {};

/** Has it said when a package begins and ends to be loaded in one go: an interrupt had better wait for it. */
export function tellLoading(to: typeof tell): void {
  tell = to;
}

/**
 * Imports a module of a package. Node loads all that an ECMAScript module imports at once when it is required, in four
 * fifths of the time that `import` takes for a thousand files (mathjs), and it is the same module then. So one that
 * imports it is required first, unless another import is under way, with which it may share files; `import` does the
 * rest, and all where the first fails: at a top-level await, say.
 *
 * @param parent - the file that imports it
 */
export async function loadAtOnce<T>(name: string, parent: string, native: Native<T>): Promise<T> {
  await undefined; // as in Node, what a package puts off by a promise comes before its `process.nextTick`
  const url = urlOf(name, parent);
  const isWhole = url !== undefined && importing === 0 && isModuleFile(fileURLToPath(url));
  const load = beginLoad(url, name);
  if (isWhole && !tried.has(url)) loadWhole(url, parent);
  if (url !== undefined && isLoaded(url)) endLoad(load);
  importing++;
  try {
    return await endingWith(load, native(name), isLoaded);
  } catch (error) {
    throw url === undefined ? error : await inNodesWords(error, url, load, native);
  } finally {
    importing--;
  }
}

function loadWhole(url: string, parent: string): void {
  tried.add(url);
  failures.set(url, null); // until it is loaded
  try {
    loadingWhole(() => {
      runBeside(`${parent}.${tried.size}`, `import ${JSON.stringify(url)};`);
      failures.delete(url);
    });
  } catch (error) {
    failures.set(url, error);
  }
}

/** Whether nothing that may be broken off is left to do. */
function isLoaded(url: string): boolean {
  if (tried.has(url)) return !failures.has(url);
  const file = fileURLToPath(url);
  return createRequire(file).cache[file]?.loaded === true;
}

/** Loads something in one go, from which the session does not listen. */
export function loadingWhole<T>(load: () => T): T {
  tell(true);
  try {
    return load();
  } finally {
    tell(false);
  }
}

/** What Node would say of it had it met the module by `import` first. */
async function inNodesWords(
  error: unknown,
  url: string,
  load: Load,
  native: Native<unknown>,
): Promise<unknown> {
  const said =
    isUnsaid(error) && failures.has(url) && !isAsync(failures.get(url)) ? failures.get(url) : error;
  if (isUnsaid(said)) return toldOfUnended(load) ?? said;
  if (!(said instanceof SyntaxError && said.message.includes("does not provide an export named")))
    return said;
  if (!told.has(url)) told.set(url, await linkingError(url, native));
  return told.get(url) ?? said;
}

/** What Node says of a name that a module does not have, with the way out where it is CommonJS; it says so of new ones only. */
async function linkingError(url: string, native: Native<unknown>): Promise<unknown> {
  const anew = new URL(url);
  anew.searchParams.append("again", "");
  try {
    await native(anew.href);
  } catch (error) {
    return error;
  }
  return undefined;
}

function isUnsaid(error: unknown): boolean {
  return error === null || codeOf(error) === unsaid;
}

function isAsync(error: unknown): boolean {
  return codeOf(error) === "ERR_REQUIRE_ASYNC_MODULE";
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | null | undefined)?.code;
}

/** Where the module is; where hooks may have their say, only they know. */
function urlOf(name: string, parent: string): string | undefined {
  if (hasHooks()) return undefined;
  try {
    const url = importResolver(parent)?.(name);
    return url?.startsWith("file:") ? url : undefined;
  } catch {
    return undefined; // not found; the import says so
  }
}
