// node scripts/release/setRepository.js https://github.com/OWNER/NAME: enters the repository's address where npm looks
// for it. The packages have none until the repository has one.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressFields, published, readManifest, root } from "./packages.js";

/** Writes `homepage`, `bugs` and `repository` into each published manifest, before the licence. */
export function setRepository(url, from = root) {
  if (!/^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/.test(url) || url.endsWith(".git")) {
    throw new Error(`a repository's address is https://HOST/OWNER/NAME, without .git; got ${url}`);
  }
  for (const name of published) {
    const folder = join(from, name);
    const { homepage, bugs, repository, ...manifest } = readManifest(folder);
    const entries = Object.entries(manifest);
    const at = entries.findIndex(([field]) => field === "license");
    entries.splice(at, 0, ...Object.entries(addressFields(url, name)));
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setRepository(process.argv[2] ?? "nothing");
