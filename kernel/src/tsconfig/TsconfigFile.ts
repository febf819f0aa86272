import { statSync } from "node:fs";
import { join } from "node:path";
import { type EmitOptions, emitOptions } from "./emitOptions.ts";
import { noTsconfig, readTsconfig } from "./readTsconfig.ts";
import type { Tsconfig } from "./Tsconfig.ts";

/** A folder's tsconfig.json, read anew when it, or what it extends, was edited. */
export class TsconfigFile {
  readonly #file: string;
  #files: string[];
  #stamp: string | undefined;
  #tsconfig = noTsconfig;
  #emit: EmitOptions | undefined;
  #told: string | undefined;

  constructor(folder: string) {
    this.#file = join(folder, "tsconfig.json");
    this.#files = [this.#file];
  }

  /** What it says now: the same object until something of it changes. Without a file this costs one look for it. */
  read(): Tsconfig {
    const stamp = this.#look();
    // What is wrong with it may be mended elsewhere, as by an install.
    if (stamp === this.#stamp && !this.#tsconfig.complaint) return this.#tsconfig;
    const { tsconfig, files } =
      stamp === "" ? { tsconfig: noTsconfig, files: [this.#file] } : readTsconfig(this.#file);
    this.#files = files;
    this.#stamp = this.#look();
    if (!isSame(tsconfig, this.#tsconfig)) {
      this.#tsconfig = tsconfig;
      this.#emit = emitOptions(tsconfig.options);
    }
    return this.#tsconfig;
  }

  /** What of it decides how code is emitted. */
  emit(): EmitOptions | undefined {
    this.read();
    return this.#emit;
  }

  /** What is wrong with it, once each time that this changes. */
  newComplaint(): string | undefined {
    const { complaint } = this.read();
    if (complaint === this.#told) return undefined;
    this.#told = complaint;
    return complaint;
  }

  /** Empty where the folder has none. */
  #look(): string {
    const stamps = this.#files.map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? `${stat.mtimeMs} ${stat.size}` : "";
    });
    return stamps[0] === "" ? "" : stamps.join();
  }
}

function isSame(a: Tsconfig, b: Tsconfig): boolean {
  const said = ({ options, isThere, complaint }: Tsconfig) => JSON.stringify([options, isThere, complaint]);
  return said(a) === said(b);
}
