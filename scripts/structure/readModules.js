import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * The TypeScript modules below a folder: path (from the folder, with /), what each imports, what it loads by address,
 * whether an import of it is computed, which of Node's globals it uses, and whether it does nothing but re-export.
 * Imports of types count as imports: they tie two files together just as well.
 */
export function readModules(folder) {
  return filesBelow(folder)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) => ({ path, ...readModule(join(folder, path)) }));
}

/** Files below a folder that the checker cannot read as modules: in `src` there is a place for none. */
export function strayFiles(folder) {
  return filesBelow(folder).filter(
    (path) => (!path.endsWith(".ts") || path.endsWith(".d.ts")) && !path.endsWith("tsconfig.json"),
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** What a text says does not depend on where it lies: tests read the same sources many times. */
const read = new Map();

function readModule(file) {
  const text = readFileSync(file, "utf8");
  const key = `${extname(file)}\n${text}`;
  if (!read.has(key)) read.set(key, parseModule(file, text));
  return read.get(key);
}

function parseModule(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const found = {
    imports: new Set(),
    addresses: new Set(),
    globals: new Set(),
    declared: new Set(),
    computed: [],
  };
  collect(program, found, undefined);
  if (/^\/\/\/\s*<reference/m.test(text)) found.computed.push("/// <reference");
  return {
    imports: [...found.imports],
    addresses: [...found.addresses],
    globals: [...found.globals].filter((name) => !found.declared.has(name)),
    computed: found.computed,
    onlyExports: program.body.every(({ type, source }) => type.startsWith("Export") && source),
  };
}

const withSource = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "TSImportType",
]);
const nodeGlobals = new Set(["process", "Buffer", "__dirname", "__filename"]);

/** `from "x"`, `import("x")`, `import("x").Type`, `require("x")` and `new URL("./x.js", …)`, wherever they stand. */
function collect(node, found, parent) {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, found, parent);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const { type } = node;
  if (withSource.has(type) && node.source) found.imports.add(node.source.value);
  else if (type === "TSExternalModuleReference") found.imports.add(node.expression.value);
  else if (type === "TSModuleDeclaration" && node.id.type === "Literal" && node.id.value.startsWith("."))
    found.imports.add(node.id.value);
  else if (type === "ImportExpression") add(found, node.source, "import(…)");
  else if (type === "CallExpression" && lastName(node.callee) === "require")
    add(found, node.arguments[0], "require(…)");
  else if (type === "NewExpression" && node.callee.name === "URL") {
    const address = textOf(node.arguments[0]);
    if (/^\..*\.[cm]?[jt]s$/.test(address ?? "")) found.addresses.add(address);
  } else if (type === "VariableDeclarator" && nodeGlobals.has(node.id.name)) found.declared.add(node.id.name);
  else if (type === "Identifier" && nodeGlobals.has(node.name) && !isKey(node, parent))
    found.globals.add(node.name);
  for (const key of Object.keys(node)) if (key !== "parent") collect(node[key], found, node);
}

function add(found, source, written) {
  const text = textOf(source);
  if (text === undefined) found.computed.push(written);
  else found.imports.add(text);
}

/** The text of a literal, however it is wrapped; undefined where it is computed. */
function textOf(node) {
  if (node?.type === "TSAsExpression" || node?.type === "ParenthesizedExpression")
    return textOf(node.expression);
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return typeof node?.value === "string" ? node.value : undefined;
}

const lastName = (callee) => (callee.type === "MemberExpression" ? callee.property.name : callee.name);

/** Whether a name is the key of a member, a property or a type, and no variable. */
const isKey = (node, parent) =>
  (parent?.type === "MemberExpression" && parent.property === node && !parent.computed) ||
  (parent?.type === "Property" && parent.key === node && !parent.computed && !parent.shorthand) ||
  parent?.type.startsWith("TS") === true;
