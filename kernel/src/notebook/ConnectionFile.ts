import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerMark } from "../files/deadOwner.ts";
import { FileWriteError } from "../files/FileWriteError.ts";
import { removeLeftOver } from "../files/removeLeftOver.ts";
import type { ConnectionInfo } from "./ConnectionInfo.ts";

const start = "isoflop-kernel-";

/**
 * A connection file in a folder that only this user may enter. It holds the key of the kernel, so it is removed as soon as
 * the kernel has read it; what a process that was killed before that left behind, the next one removes.
 */
export class ConnectionFile {
  readonly path: string;
  readonly #folder: string;

  constructor(connection: ConnectionInfo) {
    removeLeftOver(tmpdir(), start);
    try {
      this.#folder = mkdtempSync(join(tmpdir(), `${start}${ownerMark()}-`));
      this.path = join(this.#folder, "connection.json");
      writeFileSync(this.path, JSON.stringify(connection), { mode: 0o600, flag: "wx" });
    } catch (error) {
      throw new FileWriteError(join(tmpdir(), "connection.json"), error);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
