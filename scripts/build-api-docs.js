// Writes docs/api/*.md from the sources: every export of the public packages with its signature and doc comment, one
// page a folder. `node scripts/build-api-docs.js --check` only says whether the pages are up to date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = join(root, "docs/api");

const entries = [
  { specifier: "isoflop", file: "helpers/src/index.ts" },
  { specifier: "isoflop/formula", file: "helpers/src/formula/index.ts" },
  { specifier: "isoflop/danfo", file: "helpers/src/danfo/index.ts" },
  { specifier: "isoflop-datasets", file: "datasets/src/index.ts" },
  { specifier: "isoflop-datasets/csv", file: "datasets/src/csv/index.ts" },
].filter(({ file }) => existsSync(join(root, file)));

const parsed = new Map();
function parse(file) {
  if (!parsed.has(file)) {
    const text = readFileSync(file, "utf8");
    const { program, comments, errors } = parseSync(file, text);
    if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
    parsed.set(file, { text, program, comments });
  }
  return parsed.get(file);
}

/** All exports of a module by name: where each is declared. */
function exportsOf(file) {
  const found = new Map();
  for (const node of parse(file).program.body) {
    const from = node.source && resolve(dirname(file), node.source.value);
    if (node.type === "ExportAllDeclaration") {
      for (const [name, place] of exportsOf(from)) found.set(name, place);
    } else if (node.type === "ExportNamedDeclaration" && from) {
      const inner = exportsOf(from);
      for (const { local, exported } of node.specifiers) {
        const place = inner.get(local.name);
        if (!place) throw new Error(`${file} exports ${local.name}, which ${from} has not`);
        found.set(exported.name, place);
      }
    } else if (node.type === "ExportNamedDeclaration" && node.declaration) {
      for (const name of declaredNames(node.declaration)) found.set(name, { file, node, name });
    }
  }
  return found;
}

const declaredNames = (declaration) =>
  declaration.declarations ? declaration.declarations.map(({ id }) => id.name) : [declaration.id.name];

/** The doc comment that ends where a declaration begins. */
function docOf(file, start) {
  const { text, comments } = parse(file);
  const comment = comments.findLast(
    ({ type, value, end }) =>
      type === "Block" && value.startsWith("*") && end <= start && text.slice(end, start).trim() === "",
  );
  return comment
    ? comment.value
        .slice(1)
        .replace(/^\s*\* ?/gm, "")
        .trim()
    : "";
}

/** A declaration as a reader of types would see it: no bodies, no private members. */
function signatureOf({ file, node, name }) {
  const { text } = parse(file);
  const { declaration } = node;
  const cut = (from, to) => text.slice(from, to).replace(/\s+$/, "");
  if (declaration.type === "FunctionDeclaration") return cut(declaration.start, declaration.body.start);
  if (declaration.type === "ClassDeclaration") return classSignature(file, declaration, cut);
  if (declaration.type === "VariableDeclaration") {
    const one = declaration.declarations.find(({ id }) => id.name === name);
    const type = one.id.typeAnnotation ? cut(one.id.typeAnnotation.start, one.id.typeAnnotation.end) : "";
    const init = one.init ? cut(one.init.start, one.init.end) : "";
    return `const ${name}${type || (init.length < 80 ? ` = ${init}` : "")}`;
  }
  return cut(declaration.start, declaration.end);
}

function classSignature(file, declaration, cut) {
  const members = declaration.body.body.flatMap((member) => {
    const hidden = member.accessibility === "private" || member.key?.type === "PrivateIdentifier";
    if (hidden || member.kind === "constructor") return [];
    const end =
      member.type === "MethodDefinition"
        ? member.value.body.start
        : member.type === "PropertyDefinition" && (member.typeAnnotation?.end ?? member.key.end);
    if (!end) return [];
    const summary = docOf(file, member.start)
      .split(/\n\s*\n|^@/m)[0]
      .replace(/\s*\n\s*/g, " ");
    return [...(summary ? [`  /** ${summary} */`] : []), `  ${cut(member.start, end)};`];
  });
  return `${cut(declaration.start, declaration.body.start)} {\n${members.join("\n")}\n}`;
}

/** A doc comment's tags as Markdown. */
function renderDoc(doc) {
  const [description, ...tags] = doc.split(/^@(?=\w)/m);
  const byName = (name) =>
    tags.filter((tag) => tag.startsWith(name)).map((tag) => tag.slice(name.length).trim());
  const oneLine = (text) => text.replace(/\s*\n\s*/g, " ");
  const params = byName("param ").map((text) => {
    const [, name, rest] = /^(\S+)\s*(?:-\s*)?([\s\S]*)$/.exec(text);
    return `- \`${name}\`: ${oneLine(rest)}`;
  });
  const returns = byName("returns").map((text) => `Returns ${oneLine(text)}`);
  const throws = byName("throws").map((text) => `- Throws ${oneLine(text)}`);
  const examples = byName("example").map((text) => {
    const code = /```(?:ts)?\n([\s\S]*?)```/.exec(text)?.[1] ?? text;
    return `\`\`\`ts\n${code.trim()}\n\`\`\``;
  });
  const plain = description.replace(/\{@link (\w+)\}/g, "`$1`").trim();
  return [plain, params.join("\n"), ...returns, throws.join("\n"), ...examples].filter(Boolean).join("\n\n");
}

function renderEntry(name, place) {
  const { file, node } = place;
  const doc = docOf(file, node.start) || docOf(file, node.declaration.start);
  const source = relative(root, file);
  const signature = `\`\`\`ts\n${signatureOf(place)}\n\`\`\``;
  return [`## ${name}`, renderDoc(doc), signature, `[${source}](../../${source})`]
    .filter(Boolean)
    .join("\n\n");
}

const pages = new Map();
const index = [];
for (const { specifier, file } of entries) {
  const groups = new Map();
  for (const [name, place] of exportsOf(join(root, file))) {
    const folder = relative(join(root, dirname(file)), place.file).split("/");
    const group = folder.length > 1 ? folder[0] : "package";
    groups.set(group, [...(groups.get(group) ?? []), [name, place]]);
  }
  index.push(`## ${specifier}\n`);
  for (const [group, members] of [...groups].sort(([a], [b]) => a.localeCompare(b))) {
    const page = `${specifier.replace("/", "-")}-${group}.md`;
    members.sort(([a], [b]) => a.localeCompare(b, "en"));
    const body = members.map(([name, place]) => renderEntry(name, place)).join("\n\n");
    pages.set(page, `# ${specifier}: ${group}\n\n${body}\n`);
    const names = members.map(([name]) => `[\`${name}\`](${page}#${name.toLowerCase()})`).join(", ");
    index.push(`- [${group}](${page}): ${names}`);
  }
  index.push("");
}
pages.set(
  "README.md",
  `# API\n\nWritten from the sources by \`npm run docs\`; edit the doc comments, not these pages.\n\n${index.join("\n")}`,
);

if (process.argv.includes("--check")) {
  const kept = existsSync(output) ? readdirSync(output) : [];
  const stale = [...new Set([...kept, ...pages.keys()])].filter((page) => {
    const path = join(output, page);
    return !pages.has(page) || !existsSync(path) || readFileSync(path, "utf8") !== pages.get(page);
  });
  if (stale.length > 0) {
    console.error(`docs/api is out of date (${stale.join(", ")}): npm run docs`);
    process.exitCode = 1;
  }
} else {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const [page, text] of pages) writeFileSync(join(output, page), text);
  console.log(`${pages.size} pages in docs/api`);
}
