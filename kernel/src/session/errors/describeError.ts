import { inspect, types } from "node:util";
import type { Failure } from "../messages/executorMessages.ts";
import { codeFrame } from "./codeFrame.ts";
import { sourceOf } from "./sourceMaps.ts";
import { placeOf, stackOf } from "./stackTraces.ts";
import { withoutBlankEnds } from "./withoutBlankEnds.ts";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const longest = 100_000;

/**
 * What was thrown, as the three fields of an `error` message. It may be anything: each thing that is asked of it may
 * throw in turn, and is then said plainly.
 */
export function describeError(thrown: unknown): Failure {
  if (!isError(thrown)) {
    const evalue = cut(read(() => inspect(thrown, { depth: 2 })) ?? "a value that cannot be shown");
    return { ename: "Uncaught", evalue, traceback: [`${red("Uncaught")} ${evalue}`] };
  }
  const ename = cut(read(() => String(thrown.name || thrown.constructor?.name || "Error")) ?? "Error", 200);
  const evalue = cut(read(() => String(thrown.message)) ?? "its message cannot be read");
  // asking for it also finds the place
  const stack = read(() => stackOf(thrown)) ?? `${ename}: ${evalue}`;
  // an error may have a stack of its own making
  const told = stack.trim() === "" ? `${ename}: ${evalue}` : describeBody(thrown, stack);
  const body = cut(told).split("\n");
  if (body[0]?.trim() === "")
    body[0] = red(ename); // it has no name
  else if (body[0]?.startsWith(ename)) body[0] = red(ename) + body[0].slice(ename.length);
  const place = placeOf(thrown);
  const source = place && sourceOf(place.file);
  const frame = place && source !== undefined ? codeFrame(source, place) : [];
  return withoutBlankEnds({ ename, evalue, traceback: [...body, ...frame] });
}

/** Never asks a proxy, whose every answer is the user's code. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || inherits(value, Error.prototype);
}

/** `instanceof`, which a cell cannot have redefined. */
function inherits(value: unknown, prototype: object): boolean {
  if (typeof value !== "object") return false;
  for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
    if (types.isProxy(at)) return false;
    if (at === prototype) return true;
  }
  return false;
}

function read(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** `inspect` adds cause, errors and own properties; it may fail on a hostile object. */
function describeBody(error: Error, stack: string): string {
  // A cell that cannot be read: the stack is a code frame, which inspect would put in brackets.
  if (inherits(error, SyntaxError.prototype) && !stack.includes("\n    at ")) return stack;
  // inspect puts an error without frames into brackets
  const body = read(() => inspect(error, { depth: 3, maxStringLength: 20_000 }).replace(/^\[(.*)\]$/, "$1"));
  return body ?? stack;
}

function cut(text: string, length = longest): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}… ${(text.length - length).toLocaleString("en")} more characters`;
}
