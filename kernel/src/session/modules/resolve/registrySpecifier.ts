/** `npm:@scope/name@^1/sub/path`, as Deno has it, in its parts. */
export interface RegistrySpecifier {
  registry: "npm" | "jsr";
  name: string;
  /** A range of versions or a tag; undefined where any will do. */
  range: string | undefined;
  /** `/sub/path`, or nothing. */
  subpath: string;
}

const form = /^(npm|jsr):\/{0,1}(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]*))?(\/.*)?$/;
const packageForm = /^(@[\w~.-]+\/)?[\w~.-]+$/;

export function isRegistrySpecifier(specifier: string): boolean {
  return /^(npm|jsr):/.test(specifier);
}

/** The parts of a specifier with `npm:` or `jsr:`; undefined where it has no such form. */
export function parseRegistrySpecifier(specifier: string): RegistrySpecifier | undefined {
  const [, registry, name = "", range = "", subpath = ""] = form.exec(specifier) ?? [];
  if (!registry || !packageForm.test(name) || (registry === "jsr" && !name.startsWith("@"))) return undefined;
  return {
    registry: registry as "npm" | "jsr",
    name,
    range: decoded(range).trim() || undefined,
    subpath: subpath === "/" ? "" : subpath,
  };
}

/** What the package is called without version. */
export function bareSpecifier({ name, subpath }: RegistrySpecifier): string {
  return name + subpath;
}

/** The lines that install it, in a terminal and in a cell. */
export function installHelp({ registry, name, range }: RegistrySpecifier): string {
  const wanted = range ? `${name}@${range}` : name;
  const quoted = /^[\w@/.^~+-]+$/.test(wanted) ? wanted : `"${wanted}"`;
  if (registry === "jsr") return `npx jsr add ${quoted} (in a cell: !npx jsr add ${quoted})`;
  return `npm install ${quoted} (in a cell: %npm install ${quoted})`;
}

/** Some specifiers are written with `%5E` for `^`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
