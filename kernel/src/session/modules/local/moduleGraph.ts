import { statSync } from "node:fs";
import type vm from "node:vm";
import type { TsconfigFile } from "../../../tsconfig/TsconfigFile.ts";
import { virtualModules } from "../resolve/virtualModules.ts";

/** A local file that was loaded. */
export interface LocalModule {
  stamp: string;
  /** The module, where it was imported; its exports, where it was required. */
  module?: vm.SourceTextModule;
  required?: NodeJS.Module;
  /** Local files it imports, whose edits make it stale too, each with its stamp. */
  imports: Map<string, string>;
}

/** The local files that were loaded. One that was edited since, that failed, or that imports such a one is forgotten. */
export class ModuleGraph {
  readonly #modules = new Map<string, LocalModule>();
  readonly #tsconfig: TsconfigFile;
  #seen: unknown;

  constructor(tsconfig: TsconfigFile) {
    this.#tsconfig = tsconfig;
  }

  get(file: string): LocalModule | undefined {
    return this.#modules.get(file);
  }

  add(file: string): LocalModule {
    const known = this.#modules.get(file);
    if (known) return known;
    const added: LocalModule = { stamp: stampOf(file), imports: new Map() };
    this.#modules.set(file, added);
    return added;
  }

  delete(file: string): void {
    this.#modules.delete(file);
  }

  /** Notes that a file imports another. */
  connect(file: string, imported: string): void {
    this.#modules.get(file)?.imports.set(imported, stampOf(imported));
  }

  forgetStale(): void {
    const tsconfig = this.#tsconfig.read();
    if (this.#seen !== undefined && tsconfig !== this.#seen) this.#modules.clear(); // compiled, or found, otherwise
    this.#seen = tsconfig;
    const stale = new Set<string>();
    for (const [file, { module, stamp, imports }] of this.#modules) {
      const isSpoilt = module?.status === "errored" || module?.status === "unlinked";
      const isEdited = [...imports].some(([each, before]) => stampOf(each) !== before);
      if (isSpoilt || isEdited || stampOf(file) !== stamp) stale.add(file);
    }
    for (let before = -1; before !== stale.size; ) {
      before = stale.size;
      for (const [file, { imports }] of this.#modules) {
        if ([...imports.keys()].some((each) => stale.has(each))) stale.add(file);
      }
    }
    for (const file of stale) this.#modules.delete(file);
  }
}

function stampOf(file: string): string {
  const virtual = virtualModules.get(file);
  if (virtual) return `version ${virtual.version}`;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : "gone";
}
