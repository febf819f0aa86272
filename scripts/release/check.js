// Refuses to publish what would be wrong on npm for ever. `npm publish` runs it in every package, and the release
// workflow before anything else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressFields, addressIn, published, readManifest, root } from "./packages.js";

/** What stands between the packages and a release, a sentence each; nothing when they are ready. */
export function problemsOf(from = root, env = process.env) {
  const manifests = published.map((folder) => ({ folder, ...readManifest(join(from, folder)) }));
  const { version } = manifests[0];
  return [
    ...manifests.flatMap((manifest) => addressProblems(manifest, env)),
    ...manifests.flatMap((manifest) => versionProblems(manifest, version, manifests)),
    ...changelogProblems(readFileSync(join(from, "CHANGELOG.md"), "utf8"), version),
    ...(env.GITHUB_REF_TYPE === "tag" && env.GITHUB_REF_NAME !== `v${version}`
      ? [`the tag is ${env.GITHUB_REF_NAME}, the version ${version}: tag v${version}, or raise the version`]
      : []),
  ];
}

function addressProblems({ folder, ...manifest }, env) {
  const url = addressIn(manifest);
  const fill = "node scripts/release/setRepository.js https://HOST/OWNER/NAME";
  if (!url) return [`${folder}/package.json names no repository: ${fill}`];
  const wrong = Object.entries(addressFields(url, folder))
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field]) => `${folder}/package.json: ${field} does not lead to ${url}: ${fill}`);
  const here = env.GITHUB_REPOSITORY && `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
  // npm compares the two, and refuses the provenance, only after all tests have run.
  if (here && here !== url) wrong.push(`${folder}/package.json names ${url}, this is ${here}: ${fill}`);
  return wrong;
}

function versionProblems({ folder, version, dependencies = {} }, expected, manifests) {
  const problems = [];
  if (version !== expected) problems.push(`${folder} has version ${version}, ${published[0]} ${expected}`);
  for (const { name } of manifests) {
    if (!dependencies[name] || dependencies[name] === expected) continue;
    problems.push(`${folder} depends on ${name} ${dependencies[name]}, which is at ${expected}`);
  }
  return problems;
}

function changelogProblems(changelog, version) {
  const heading = changelog.split("\n").find((line) => line.startsWith(`## ${version} `));
  if (!heading) return [`CHANGELOG.md has no heading "## ${version} (DATE)"`];
  return /\(\d{4}-\d{2}-\d{2}\)$/.test(heading)
    ? []
    : [`CHANGELOG.md says "${heading}": put the date there, "## ${version} (YYYY-MM-DD)"`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = problemsOf();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
