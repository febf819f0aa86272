import { constants, cpSync, existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

interface PackageManifest {
  name: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/**
 * Copies a package with everything it depends on into `folder/node_modules` and returns the copy's folder. A
 * second version of a package goes inside the package that wants it, as npm does it.
 */
export function copyInstallation(packageFolder: string, folder: string): string {
  const placed = new Map<string, string>();
  const place = (source: string, parent: string | undefined): string => {
    const { name, dependencies, optionalDependencies } = readManifest(source);
    const isTaken = placed.has(name);
    if (placed.get(name) === source) return source;
    const target = join(isTaken && parent ? parent : folder, "node_modules", name);
    if (existsSync(target)) return target;
    if (!isTaken) placed.set(name, source);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target, {
      recursive: true,
      dereference: true,
      // Where the file system can, the copies share their blocks until one is written to.
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => path === source || basename(path) !== "node_modules",
    });
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = findPackage(dependency, source);
      // Of the binaries for each platform only one is installed.
      if (found) place(found, target);
    }
    return target;
  };
  return place(realpathSync(packageFolder), undefined);
}

function readManifest(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
}

/** The folder a package's dependency is loaded from, by Node's rule. */
function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (dirname(folder) === folder) return undefined;
  }
}
