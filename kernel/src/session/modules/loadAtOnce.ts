import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isModulePackage } from "./isModulePackage.ts";

/** What lets `import.meta.resolve` say where Node would find a module from another file; the executor runs with it. */
const flag = "--experimental-import-meta-resolve";

/** What Node says of a module that failed when asked for in one way, and is asked for in the other. */
const unsaid = "ERR_INTERNAL_ASSERTION";

let importing = 0;

/** Files whose loading has begun and not ended: an interrupt ends it without a word. */
const begun = new Set<string>();

/** What was wrong with files that failed: Node does not say it of a module a second time. */
const failures = new Map<string, unknown>();

let tell: (isLoading: boolean) => void = () => {};

/** Has it said when a package begins and ends to be loaded in one go: an interrupt had better wait for it. */
export function tellLoading(to: typeof tell): void {
  tell = to;
}

/**
 * Imports a module of a package. Node loads all that an ECMAScript module imports at once when it is required, in four
 * fifths of the time that `import` takes for a thousand files (mathjs), and it is the same module then. So it is required
 * first, unless another import is under way, with which it may share files; `import` does the rest, and all where the
 * first fails: at a top-level await, say.
 *
 * @param parent - the URL of the file that imports it
 */
export async function loadAtOnce<T>(name: string, parent: string, native: () => Promise<T>): Promise<T> {
  const file = importing === 0 ? ecmaScriptFile(name, parent) : undefined;
  const wasInterrupted = file !== undefined && begun.has(file);
  if (file !== undefined) loadWhole(file);
  importing++;
  try {
    return await native();
  } catch (error) {
    const isUnsaid = error === null || (error as NodeJS.ErrnoException | undefined)?.code === unsaid;
    if (!isUnsaid || file === undefined) throw error;
    throw wasInterrupted ? interrupted(name) : failures.has(file) ? failures.get(file) : error;
  } finally {
    importing--;
  }
}

function loadWhole(file: string): void {
  const load = createRequire(file); // as if from the package: Node warns of it elsewhere
  if (file in load.cache || failures.has(file)) return;
  begun.add(file);
  tell(true);
  try {
    load(file);
  } catch (error) {
    failures.set(file, error);
  }
  tell(false);
  begun.delete(file);
  delete load.cache[file]; // no one required it
}

function interrupted(name: string): Error {
  return new Error(
    `"${name}" was interrupted while it was loading, and Node loads a module only once: restart the session to load it`,
  );
}

function ecmaScriptFile(name: string, parent: string): string | undefined {
  if (!process.features.require_module || !process.execArgv.includes(flag)) return undefined;
  try {
    const url = import.meta.resolve(name, parent);
    const file = url.startsWith("file:") ? fileURLToPath(url) : "";
    if (file.endsWith(".mjs") || (file.endsWith(".js") && isModulePackage(dirname(file)))) return file;
  } catch {
    // not found; the import says so
  }
  return undefined;
}
