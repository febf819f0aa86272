// What is exported where: modules parsed, exports followed to their declarations, doc comments found.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";

const parsed = new Map();

export function parse(file) {
  if (!parsed.has(file)) {
    const text = readFileSync(file, "utf8");
    const { program, comments, errors } = parseSync(file, text);
    if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
    parsed.set(file, { text, program, comments });
  }
  return parsed.get(file);
}

/**
 * All exports of a module by name: `{ file, name, nodes }`, the export statements that declare it. A name has several
 * where a function is overloaded, or where a type and a value share it.
 */
export function exportsOf(file) {
  const found = new Map();
  for (const node of parse(file).program.body) {
    const from = node.source && resolve(dirname(file), node.source.value);
    if (node.type === "ExportAllDeclaration" && !node.exported) {
      for (const [name, place] of exportsOf(from)) found.set(name, place);
    } else if (node.type === "ExportNamedDeclaration" && from) {
      const inner = exportsOf(from);
      for (const { local, exported } of node.specifiers) {
        const place = inner.get(local.name);
        if (!place) throw new Error(`${file} exports ${local.name}, which ${from} has not`);
        found.set(exported.name, place);
      }
    } else if (node.type === "ExportNamedDeclaration" && node.declaration) {
      for (const name of declaredNames(node.declaration)) {
        const place = found.get(name) ?? { file, name, nodes: [] };
        place.nodes.push(node);
        found.set(name, place);
      }
    } else if (/^Export/.test(node.type)) {
      const { text } = parse(file);
      throw new Error(`${file}: write "${text.slice(node.start, node.end)}" as an export of the declaration`);
    }
  }
  return found;
}

const declaredNames = (declaration) =>
  declaration.declarations ? declaration.declarations.map(({ id }) => id.name) : [declaration.id.name];

/** The doc comment that ends where a declaration begins, without its stars. */
export function docOf(file, start) {
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

/** The doc comment of an export: of an overloaded function that of the first overload that has one. */
export function docOfExport({ file, nodes }) {
  const docs = nodes.map((node) => docOf(file, node.start) || docOf(file, node.declaration.start));
  return docs.find(Boolean) ?? "";
}
