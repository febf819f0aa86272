import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder that goes when the tests are over, and a function that writes files into it and gives their paths. */
export function temporaryFiles() {
  const folder = mkdtempSync(join(tmpdir(), "isoflop-tables-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;
  const file = (content: string | Uint8Array, extension = "csv"): string => {
    const path = join(folder, `${files++}.${extension}`);
    writeFileSync(path, content);
    return path;
  };
  return { folder, file };
}
