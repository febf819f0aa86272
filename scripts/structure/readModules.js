import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * The TypeScript modules below a folder: path (from the folder, with /), what each imports, and whether it does
 * nothing but re-export. Imports of types count as imports: they tie two files together just as well.
 */
export function readModules(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .sort()
    .map((path) => ({ path, ...readModule(join(folder, path)) }));
}

function readModule(file) {
  const { program, errors } = parseSync(file, readFileSync(file, "utf8"));
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const imports = new Set();
  collect(program, imports);
  return {
    imports: [...imports],
    onlyExports: program.body.every(({ type, source }) => type.startsWith("Export") && source),
  };
}

/** `from "x"`, `import("x")`, `import("x").Type` and `require("x")`, wherever they stand. */
function collect(node, imports) {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, imports);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const { type } = node;
  const named =
    type === "ImportDeclaration" || type === "ExportNamedDeclaration" || type === "ExportAllDeclaration"
      ? node.source
      : type === "ImportExpression" || type === "TSImportType"
        ? node.source
        : type === "TSExternalModuleReference"
          ? node.expression
          : type === "CallExpression" && node.callee.name === "require"
            ? node.arguments[0]
            : undefined;
  if (typeof named?.value === "string") imports.add(named.value);
  for (const key of Object.keys(node)) if (key !== "parent") collect(node[key], imports);
}
