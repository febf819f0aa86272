import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

const fromKernel = createRequire(import.meta.url);

/** What the notebook's own tsconfig.json may change. */
const defaults = {
  target: "esnext",
  // Without the DOM's types: cells run in Node, and they are 20 MB of memory.
  lib: ["esnext"],
  strict: true,
  jsx: "react-jsx",
};

/** How cells are really loaded and run; another value would report errors that do not happen. */
const required = {
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  emitDeclarationOnly: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  skipLibCheck: true,
};

/** Types of what Node has without an import and `@types/node` leaves out. */
const nodeGlobals = fileURLToPath(new URL("../../../assets/globals.d.ts", import.meta.url));

/** The kernel's own modules as types: sources when it runs from sources, declarations once it is built. */
export function kernelModule(path: string): string {
  const isBuilt = import.meta.url.endsWith(".js");
  return fileURLToPath(new URL(`../../${path}${isBuilt ? ".d.ts" : ".ts"}`, import.meta.url));
}

/**
 * The tsconfig.json the language server sees in the notebook's folder: the one on disk, if there is one, with
 * what a notebook needs, and with the kernel's own `isoflop` and `@types/node` where the folder has none.
 */
export function projectConfig(folder: string, files: readonly string[]): string {
  const own = readOwnConfig(folder);
  const options = (own.compilerOptions ?? {}) as Record<string, unknown>;
  const nodeTypes = typesFolder(folder, "node");
  const types = Array.isArray(options.types) ? [...new Set([...options.types, "node"])] : ["node"];
  const typeRoots = [join(folder, "node_modules", "@types"), ...(nodeTypes ? [dirname(nodeTypes)] : [])];
  const paths = { ...kernelPaths(folder), ...(options.paths as object | undefined) };
  const compilerOptions = { ...defaults, ...lenient(own), ...options, ...required, types, typeRoots, paths };
  const roots = [...files, nodeGlobals];
  return JSON.stringify({
    ...own,
    compilerOptions,
    files: roots,
    include: [],
    exclude: [],
    references: undefined,
  });
}

/**
 * What a `catch` catches is `any`, so that notebooks may say `error.message`; unless the notebook's own configuration
 * says what is strict.
 */
function lenient({ compilerOptions, extends: base }: Record<string, unknown>): object {
  const says = base !== undefined || "strict" in ((compilerOptions as object | undefined) ?? {});
  return says ? {} : { useUnknownInCatchVariables: false };
}

/** The native parser would end the kernel's process at some 5,000 brackets inside each other. */
const mostBrackets = 1_000;
const longestConfig = 100_000;

function readOwnConfig(folder: string): Record<string, unknown> {
  const file = join(folder, "tsconfig.json");
  if (!existsSync(file)) return {};
  const text = readFileSync(file, "utf8");
  if (text.length > longestConfig || (text.match(/[([{]/g)?.length ?? 0) > mostBrackets) {
    console.error(`isoflop: ${file} is too long or nests too deeply to be a configuration; it is not used`);
    return {};
  }
  // The file may hold comments and trailing commas, which JavaScript's grammar reads as well.
  const { program, errors } = parseSync("tsconfig.js", `(${text}\n)`);
  const statement = program.body[0];
  if (errors.length > 0 || statement?.type !== "ExpressionStatement") return {};
  const value = literalValue(statement.expression as unknown as Record<string, unknown>);
  return value && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

function literalValue(node: Record<string, unknown>): unknown {
  switch (node.type) {
    case "Literal":
      return node.value;
    case "ParenthesizedExpression":
      return literalValue(node.expression as Record<string, unknown>);
    case "ArrayExpression":
      return (node.elements as Record<string, unknown>[]).map(literalValue);
    case "ObjectExpression": {
      const entries = (node.properties as Record<string, Record<string, unknown>>[]).map(({ key, value }) => [
        String(key!.value ?? key!.name),
        literalValue(value!),
      ]);
      return Object.fromEntries(entries);
    }
    default:
      return undefined;
  }
}

/** Where `@types/NAME` is for the notebook, else for the kernel. */
function typesFolder(folder: string, name: string): string | undefined {
  for (const from of [createRequire(join(folder, "cell.ts")), fromKernel]) {
    try {
      return dirname(from.resolve(`@types/${name}/package.json`));
    } catch {
      // next
    }
  }
  return undefined;
}

function kernelPaths(folder: string): Record<string, string[]> {
  const paths: Record<string, string[]> = { tslab: [kernelModule("session/tslab")] };
  const fromNotebook = createRequire(join(folder, "cell.ts"));
  for (const name of ["isoflop", "isoflop-datasets", "isoflop-kernel"]) {
    if (resolves(fromNotebook, `${name}/package.json`)) continue;
    const manifest = resolves(fromKernel, `${name}/package.json`);
    if (!manifest) continue;
    const { exports = {} } = JSON.parse(readFileSync(manifest, "utf8")) as PackageManifest;
    for (const [subpath, conditions] of Object.entries(exports)) {
      if (typeof conditions === "string" || !conditions.types || subpath.includes("*")) continue;
      paths[name + subpath.slice(1)] = [join(dirname(manifest), conditions.types)];
    }
  }
  return paths;
}

interface PackageManifest {
  exports?: Record<string, string | { types?: string }>;
}

function resolves(from: NodeJS.Require, specifier: string): string | undefined {
  try {
    return from.resolve(specifier);
  } catch {
    return undefined;
  }
}
