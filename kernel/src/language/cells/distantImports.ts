import { isBuiltin } from "node:module";
import type { Program } from "oxc-parser";
import {
  bareSpecifier,
  isRegistrySpecifier,
  parseRegistrySpecifier,
} from "../../session/modules/resolve/registrySpecifier.ts";

/** A specifier with `npm:` or another scheme that TypeScript does not know, and the place of its text, quotes and all. */
export interface DistantImport {
  specifier: string;
  start: number;
  end: number;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const mayBeDistant = /["'`](npm|jsr|https?|ftp):/i;
const isDistant = (specifier: string) => /^(npm|jsr|https?|ftp):/i.test(specifier);

/** The distant imports of a text, those of types and of `require` too; most texts have none and are not walked. */
export function distantImports(code: string, program: Program): DistantImport[] {
  if (!mayBeDistant.test(code)) return [];
  const found: DistantImport[] = [];
  const waiting: unknown[] = [program.body];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) for (const each of value) waiting.push(each);
    else if (typeof value === "object" && value !== null) {
      const source = sourceOf(value as Node);
      const specifier = source?.value;
      if (source && typeof specifier === "string" && isDistant(specifier))
        found.push({ specifier, start: source.start, end: source.end });
      for (const each of Object.values(value)) if (typeof each === "object") waiting.push(each);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Where a node that imports says what. */
function sourceOf(node: Node): Node | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "TSImportType":
      return (node.source ?? node.argument ?? undefined) as Node | undefined;
    case "TSExternalModuleReference":
      return node.expression as Node;
    case "CallExpression": {
      const { type, name } = node.callee as Node;
      const [first] = node.arguments as Node[];
      return type === "Identifier" && name === "require" && first?.type === "Literal" ? first : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * The text as TypeScript understands it: `"npm:lodash@4/chunk"` reads `"lodash/chunk"`, and blanks keep each place where
 * it is.
 */
export function withBareImports(code: string, distant: readonly DistantImport[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { specifier, start, end } of distant) {
    const bare = bareOf(specifier);
    if (bare === undefined) continue;
    parts.push(code.slice(copied, start), `"${bare}"`.padEnd(end - start));
    copied = end;
  }
  return parts.join("") + code.slice(copied);
}

/** The same for a text that is still being written, by the look of it. */
export function withBareImportsByTheLook(code: string): string {
  if (!mayBeDistant.test(code)) return code;
  return code.replace(
    /(\b(?:from|import)\s*\(?\s*)(["'])((?:npm|jsr):[^"'\n]*)\2/g,
    (found, before: string, _: string, specifier: string) => {
      const bare = bareOf(specifier);
      return bare === undefined ? found : `${before}${`"${bare}"`.padEnd(found.length - before.length)}`;
    },
  );
}

function bareOf(specifier: string): string | undefined {
  const parts = isRegistrySpecifier(specifier) ? parseRegistrySpecifier(specifier) : undefined;
  if (!parts) return undefined;
  const bare = bareSpecifier(parts);
  return isBuiltin(bare) ? `${bare}/` : bare; // the package, not the module of Node's that is called so
}
