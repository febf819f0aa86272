import { fileURLToPath } from "node:url";
import { labelOf, originalPosition, type Position } from "./sourceMaps.ts";

export interface Place extends Position {
  file: string;
}

/** Where the kernel's modules lie, three folders up. */
const ownFolder = new URL("../../", import.meta.url).href;
const places = new WeakMap<object, Place>();

/** The innermost place of an error that lies in a cell or a local TypeScript file. */
export function placeOf(error: object): Place | undefined {
  return places.get(error);
}

/** Makes every stack trace of this process name TypeScript positions and leave out the kernel's own frames. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => {
    const lines: string[] = [];
    for (const site of sites) {
      const file = site.getFileName() ?? "";
      if (file.startsWith(ownFolder) || isNodeInside(file)) continue;
      const line = describeSite(error, site, file);
      if (line) lines.push(`    at ${line}`);
    }
    return [headline(error), ...lines].join("\n");
  };
}

/** Node's own frames between the event loop and user code say nothing to the user. */
function isNodeInside(file: string): boolean {
  return file.startsWith("node:internal/") || file === "node:vm" || file === "node:async_hooks";
}

function headline(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function describeSite(error: unknown, site: NodeJS.CallSite, file: string): string | undefined {
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const position = line && column ? originalPosition(file, { line, column }) : undefined;
  if (!position) return file ? site.toString() : undefined;
  if (typeof error === "object" && error && !places.has(error)) places.set(error, { file, ...position });
  const name = file.startsWith("file:") ? fileURLToPath(file) : labelOf(file);
  const where = `${name}:${position.line}:${position.column}`;
  const caller = callerName(site);
  return caller ? `${caller} (${where})` : `${isAsync(site) ? "async " : ""}${where}`;
}

function isAsync(site: NodeJS.CallSite): boolean {
  return (site as { isAsync?: () => boolean }).isAsync?.() ?? false;
}

function callerName(site: NodeJS.CallSite): string {
  const name = site.getFunctionName();
  if (!name) return "";
  const type = site.isToplevel() ? undefined : site.getTypeName();
  const qualified = type && type !== "Object" && !name.startsWith(`${type}.`) ? `${type}.${name}` : name;
  return `${isAsync(site) ? "async " : ""}${site.isConstructor() ? "new " : ""}${qualified}`;
}
