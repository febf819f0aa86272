import { ModuleNotFoundError } from "./moduleNotFoundError.ts";

/** Whether a specifier is an address in the web. */
export function isAddress(specifier: string): boolean {
  return /^(https?|ftp):/i.test(specifier);
}

/** Sites that serve npm's packages as files; the package's name stands in the address. */
const packageSites =
  /^https?:\/\/(esm\.sh|esm\.run|unpkg\.com|cdn\.skypack\.dev|ga\.jspm\.io|cdn\.jsdelivr\.net)\//i;
const packageInPath = /(?:\/|npm[:/])((?:@[\w.~-]+\/)?[\w.~-]+)@([\w.^~-]+)/;

/** What to do instead of importing from the web. */
export function addressComplaint(specifier: string): string {
  const [, name, version] = packageSites.test(specifier) ? (packageInPath.exec(specifier) ?? []) : [];
  const instead = name
    ? `npm install ${name}@${version} (in a cell: %npm install ${name}@${version}), then import "${name}"`
    : "install its package with npm and import it by its name, or save the file beside the notebook and import it as ./file.ts";
  return `Code is not imported from the web ("${specifier}"): ${instead}.`;
}

export function refuseAddress(specifier: string): void {
  if (isAddress(specifier)) throw new ModuleNotFoundError(addressComplaint(specifier));
}
