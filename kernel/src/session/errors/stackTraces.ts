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

const OwnError = Error;

/** Makes every stack trace of this process name TypeScript positions and leave out the kernel's own frames. */
export function installStackTraces(): void {
  OwnError.prepareStackTrace = prepareStackTrace;
}

/** The stack of an error as the kernel writes it, whatever a cell has made of `Error.prepareStackTrace`. */
export function stackOf(error: Error): string {
  const theirs = Reflect.getOwnPropertyDescriptor(OwnError, "prepareStackTrace");
  const ours = { value: prepareStackTrace, writable: true, enumerable: true, configurable: true };
  const isOurs =
    theirs?.value === prepareStackTrace || !Reflect.defineProperty(OwnError, "prepareStackTrace", ours);
  try {
    return String(error.stack);
  } finally {
    if (!isOurs && theirs) Reflect.defineProperty(OwnError, "prepareStackTrace", theirs);
    else if (!isOurs) Reflect.deleteProperty(OwnError, "prepareStackTrace");
  }
}

function prepareStackTrace(error: unknown, sites: readonly NodeJS.CallSite[]): string {
  const lines = [headline(error)];
  // by index: the array belongs to the cells, who may have replaced its iterator
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i] as NodeJS.CallSite;
    const file = site.getFileName() ?? site.getScriptNameOrSourceURL() ?? "";
    if (file.startsWith(ownFolder) || isNodeInside(file)) continue;
    const line = describeSite(error, site, file);
    if (line) lines.push(`    at ${line}`);
  }
  return lines.join("\n");
}

/** Node's own frames between the event loop and user code say nothing to the user. */
function isNodeInside(file: string): boolean {
  return file.startsWith("node:internal/") || file === "node:vm" || file === "node:async_hooks";
}

/** As `Error.prototype.toString` has it. */
function headline(error: unknown): string {
  try {
    const { name = "Error", message = "" } = error as { name?: unknown; message?: unknown };
    const [head, text] = [String(name), String(message)];
    return head && text ? `${head}: ${text}` : head || text;
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
  const label = labelOf(file);
  const name = label.startsWith("file:") ? fileURLToPath(label) : label;
  const where = `${name}:${position.line}:${position.column}`;
  const caller = callerName(site);
  return caller ? `${caller} (${where})` : `${isAsync(site) ? "async " : ""}${where}`;
}

function isAsync(site: NodeJS.CallSite): boolean {
  return (site as { isAsync?: () => boolean }).isAsync?.() ?? false;
}

function callerName(site: NodeJS.CallSite): string {
  const name = site.getFunctionName();
  if (!name || (name === "eval" && site.isEval())) return ""; // the cell itself
  const type = site.isToplevel() ? undefined : site.getTypeName();
  const qualified = type && type !== "Object" && !name.startsWith(`${type}.`) ? `${type}.${name}` : name;
  return `${isAsync(site) ? "async " : ""}${site.isConstructor() ? "new " : ""}${qualified}`;
}
