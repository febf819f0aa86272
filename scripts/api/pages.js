// The pages of docs/api: one a room, in sections where the room has folders, and a README with every name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { renderDoc } from "./renderDoc.js";
import { renderLaw } from "./renderLaw.js";
import { renderTable, withoutFields } from "./renderTable.js";
import { signatureOf } from "./signature.js";
import { docOfExport, exportsOf } from "./sources.js";

export const entries = [
  { specifier: "isoflop", file: "helpers/src/index.ts" },
  { specifier: "isoflop/formula", file: "helpers/src/formula/index.ts" },
  { specifier: "isoflop/danfo", file: "helpers/src/danfo/index.ts" },
  { specifier: "isoflop-datasets", file: "datasets/src/index.ts" },
  { specifier: "isoflop-datasets/csv", file: "datasets/src/csv/index.ts" },
  { specifier: "isoflop-kernel/session", file: "kernel/src/session/index.ts", onePage: true },
  { specifier: "isoflop-kernel/runner", file: "kernel/src/notebook/index.ts", onePage: true },
  { specifier: "isoflop-kernel/report", file: "kernel/src/report/index.ts", onePage: true },
];

/**
 * The text of every page by file name.
 *
 * @param root the repository
 * @param values the values of packages by specifier: what a law reads and estimates, and what a loader reads, is asked
 *   of them
 */
export function apiPages(root, values) {
  const pages = new Map();
  const index = [];
  for (const { specifier, file, onePage } of entries) {
    const base = join(root, dirname(file));
    const folderOf = ({ file: source }) => (onePage ? "." : relative(base, dirname(source)) || ".");
    const byFolder = groupBy(exportsOf(join(root, file)), ([, place]) =>
      folderOf(place).replaceAll("\\", "/"),
    );
    index.push(`## ${specifier}`, "");
    for (const [room, folders] of groupBy(byFolder, ([folder]) => folder.split("/")[0])) {
      const flat = specifier.replaceAll("/", "-");
      const page = onePage ? `${flat}.md` : `${flat}-${room === "." ? "package" : room}.md`;
      const title = room === "." ? specifier : `${specifier}: ${room}`;
      const { text, lines } = renderPage({ root, page, title, folders, values: values[specifier] ?? {} });
      pages.set(page, text);
      index.push(...lines);
    }
    index.push("");
  }
  const intro = "Written from the sources by `npm run docs`; edit the doc comments, not these pages.";
  pages.set("README.md", `# API\n\n${intro}\n\n${index.join("\n")}`);
  return pages;
}

/** The pages of a folder that are not as they should be: changed, missing or left over. */
export function stalePages(pages, folder) {
  const kept = existsSync(folder) ? readdirSync(folder) : [];
  return [...new Set([...kept, ...pages.keys()])].filter((page) => {
    const path = join(folder, page);
    return !pages.has(page) || !existsSync(path) || readFileSync(path, "utf8") !== pages.get(page);
  });
}

/** A page, and its lines for the index: the room, then the room's folders. */
function renderPage({ root, page, title, folders, values }) {
  const slugs = new Map();
  const parts = [heading(slugs, 1, title).text];
  const lines = [];
  const inSections = folders.length > 1;
  for (const [folder, members] of folders) {
    const isRoom = !folder.includes("/");
    const label = isRoom ? title.split(": ").at(-1) : folder.split("/").slice(1).join("/");
    let link = page;
    if (inSections) {
      const section = heading(slugs, 2, isRoom ? `${folder}/` : folder);
      parts.push(section.text);
      if (!isRoom) link = `${page}#${section.slug}`;
    }
    members.sort(([a], [b]) => a.localeCompare(b, "en"));
    const links = members.map(([name, place]) => {
      const { text, slug } = heading(slugs, inSections ? 3 : 2, name);
      parts.push(text, renderEntry(root, name, place, values));
      return `[\`${name}\`](${page}#${slug})`;
    });
    if (!isRoom && lines.length === 0) lines.push(`- [${folder.split("/")[0]}](${page})`);
    lines.push(`${isRoom ? "" : "  "}- [${label}](${link}): ${links.join(", ")}`);
  }
  return { text: `${parts.join("\n\n")}\n`, lines };
}

function renderEntry(root, name, place, values) {
  const source = relative(root, place.file).replaceAll("\\", "/");
  const value = values[name];
  return [
    renderDoc(withoutFields(docOfExport(place), value)),
    renderLaw(name, value, values.builtInLaws),
    renderTable(value, root),
    `\`\`\`ts\n${signatureOf(place)}\n\`\`\``,
    `[${source}](../../${source})`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A heading with the anchor that GitHub gives it: of two alike, which differ in case at most, the second gets -1. */
function heading(slugs, level, title) {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
  const before = slugs.get(plain) ?? 0;
  slugs.set(plain, before + 1);
  return { text: `${"#".repeat(level)} ${title}`, slug: before ? `${plain}-${before}` : plain };
}

/** Groups by a key, sorted by it. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
