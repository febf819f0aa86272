import { inspect } from "node:util";
import type { Failure } from "../messages/executorMessages.ts";
import { codeFrame } from "./codeFrame.ts";
import { sourceOf } from "./sourceMaps.ts";
import { placeOf } from "./stackTraces.ts";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

/** What was thrown, as the three fields of an `error` message. */
export function describeError(thrown: unknown): Failure {
  if (!isError(thrown)) {
    const evalue = inspect(thrown, { depth: 2 });
    return { ename: "Uncaught", evalue, traceback: [`${red("Uncaught")} ${evalue}`] };
  }
  const ename = String(thrown.name || thrown.constructor?.name || "Error");
  const evalue = String(thrown.message);
  const stack = String(thrown.stack); // asking for it also finds the place
  const body = describeBody(thrown, stack).split("\n");
  if (body[0]?.startsWith(ename)) body[0] = red(ename) + body[0].slice(ename.length);
  const place = placeOf(thrown);
  const source = place && sourceOf(place.file);
  const frame = place && source !== undefined ? ["", ...codeFrame(source, place)] : [];
  return { ename, evalue, traceback: [...body, ...frame] };
}

function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (typeof value === "object" &&
      value !== null &&
      Object.prototype.toString.call(value) === "[object Error]")
  );
}

/** `inspect` adds cause, errors and own properties; it may fail on a hostile object. */
function describeBody(error: Error, stack: string): string {
  // A cell that cannot be read: the stack is a code frame, which inspect would put in brackets.
  if (error instanceof SyntaxError && !stack.includes("\n    at ")) return stack;
  try {
    // inspect puts an error without frames into brackets
    return inspect(error, { depth: 3, maxStringLength: 20_000 }).replace(/^\[(.*)\]$/, "$1");
  } catch {
    return stack;
  }
}
