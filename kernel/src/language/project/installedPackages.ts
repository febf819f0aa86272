import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** `npm install` rewrites this file whenever it changes node_modules. */
const record = join("node_modules", ".package-lock.json");

/** The packages around a notebook. The language server does not watch them: tens of thousands of files. */
export class InstalledPackages {
  readonly #folder: string;
  #modified: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#modified = this.#lastInstall();
  }

  /** Whether `npm install` changed the folder's packages since this was last asked. */
  changed(): boolean {
    const modified = this.#lastInstall();
    const isChanged = modified !== this.#modified;
    this.#modified = modified;
    return isChanged;
  }

  /** The manifest of a package, wherever the notebook would find it. */
  manifest(name: string): string | undefined {
    for (let folder = this.#folder; ; folder = dirname(folder)) {
      const path = join(folder, "node_modules", name, "package.json");
      if (existsSync(path)) return path;
      if (dirname(folder) === folder) return undefined;
    }
  }

  #lastInstall(): number | undefined {
    return statSync(join(this.#folder, record), { throwIfNoEntry: false })?.mtimeMs;
  }
}
