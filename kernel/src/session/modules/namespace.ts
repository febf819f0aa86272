import { type InspectOptions, inspect } from "node:util";

export type Namespace = Record<string, unknown>;

/** One named import; the properties of a CommonJS default export count as names. */
export function named(namespace: Namespace, name: string): unknown {
  if (!hasNames(namespace)) return (namespace as Namespace | null | undefined)?.[name];
  if (name in namespace) return namespace[name];
  // As Node has it of what was an ECMAScript module without a default export before it was compiled.
  if (name === "default" && namespace.__esModule === true) return namespace;
  const module = ecmaScript.get(namespace);
  if (name === "default" && module !== undefined) throw noDefault(module, Object.keys(namespace));
  const fallback = namespace.default;
  return hasNames(fallback) ? fallback[name] : undefined;
}

/** ECMAScript modules of packages, with what the cell calls them: those of local files may have types for exports. */
const ecmaScript = new WeakMap<Namespace, string>();

export function noteEcmaScript(namespace: Namespace, name: string): Namespace {
  if (!("default" in namespace)) ecmaScript.set(namespace, name);
  return namespace;
}

const mostNamed = 6;

function noDefault(module: string, names: readonly string[]): SyntaxError {
  const quoted = JSON.stringify(module);
  const more = names.length > mostNamed ? `, … (${names.length} names)` : "";
  const has =
    names.length > 0 ? `it has ${names.slice(0, mostNamed).join(", ")}${more}` : "it exports nothing";
  return new SyntaxError(
    `${quoted} has no default export: ${has}; write import { … } or import * as name from ${quoted}, or install a version that has one`,
  );
}

/**
 * What an import of a CommonJS module gives, as the type checker has it: all that the module exports has a name, also
 * what Node does not find by reading; and where the module was an ECMAScript module before it was compiled
 * (`__esModule`), its default export is that one.
 */
export function namespaceOf(exports: unknown): Namespace {
  if (hasNames(exports) && exports.__esModule === true) return exports;
  const known = hasNames(exports) ? namespaces.get(exports) : undefined;
  if (known) return known;
  const namespace: Namespace = Object.create(null) as Namespace;
  if (hasNames(exports)) {
    namespaces.set(exports, namespace);
    for (const name of Object.keys(exports)) {
      Object.defineProperty(namespace, name, {
        get: () => exports[name],
        enumerable: true,
        configurable: true,
      });
    }
  }
  Object.defineProperty(namespace, "default", { value: exports, enumerable: true, configurable: true });
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  Object.defineProperty(namespace, inspect.custom, { value: shown });
  return namespace;
}

/** As Node shows a module: its values, not that they are read when asked for. */
function shown(this: Namespace, _depth: number, options: InspectOptions): string {
  const values = Object.keys(this)
    .sort()
    .map((name) => [name, this[name]] as const);
  return `[Module: null prototype] ${inspect(Object.fromEntries(values), options)}`;
}

/** The same import twice is the same object. */
const namespaces = new WeakMap<object, Namespace>();

export function hasNames(value: unknown): value is Namespace {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
