import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The folders of the packages that are published, what the others need first. */
export const published = ["helpers", "datasets", "kernel"];

export const readManifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** The fields that lead from a package on npm back to its source; npm's provenance asks for the first. */
export function addressFields(url, folder) {
  return {
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
    repository: { type: "git", url: `git+${url}.git`, directory: folder },
  };
}

/** The repository's address as it stands in a manifest, without npm's wrapping. */
export const addressIn = ({ repository }) => repository?.url?.replace(/^git\+|\.git$/g, "");
