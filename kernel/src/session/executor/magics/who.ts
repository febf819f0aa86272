import { inspect, types } from "node:util";
import { writeStream } from "../channel.ts";
import { mainRealm } from "../mainRealm.ts";
import { declaredNames, evaluate } from "../sessionScope.ts";

const longest = 60;

interface Variable {
  name: string;
  type: string;
  value: unknown;
}

/** The session's variables that hold something, by name; only those of a type where one is named. */
function variables(type: string): Variable[] {
  const wanted = type.trim().split(/\s+/).filter(Boolean);
  return declaredNames()
    .toSorted()
    .flatMap((name) => {
      const value = evaluate(name);
      if (value === undefined || value === mainRealm.programNames[name]) return [];
      const found = { name, type: typeOf(value), value };
      return wanted.length === 0 || wanted.includes(found.type) || wanted.includes(typeof value)
        ? [found]
        : [];
    });
}

/** `number`, `Map`, `Model`: asks no line of the user's. */
function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "Proxy";
  for (let at: object | null = value; at && !types.isProxy(at); at = Reflect.getPrototypeOf(at)) {
    const made = Reflect.getOwnPropertyDescriptor(at, "constructor")?.value as unknown;
    if (typeof made !== "function" || types.isProxy(made)) continue;
    const name = Reflect.getOwnPropertyDescriptor(made, "name")?.value as unknown;
    if (typeof name === "string" && name) return name;
  }
  return "object";
}

function nobody(type: string): string {
  return type.trim() ? `No variables match your requested type.\n` : "Interactive namespace is empty.\n";
}

/** `%who` */
export function who(type: string): void {
  const names = variables(type).map(({ name }) => name);
  writeStream("stdout", names.length === 0 ? nobody(type) : `${names.join("\t ")}\n`);
}

/** `%whos` */
export function whos(type: string): void {
  const found = variables(type);
  if (found.length === 0) {
    writeStream("stdout", nobody(type));
    return;
  }
  const rows = found.map((each) => [each.name, each.type, shown(each.value)] as const);
  const widths = [0, 1].map((column) =>
    Math.max(["Variable", "Type"][column]!.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = ([name, type, value]: readonly [string, string, string]) =>
    `${name.padEnd(widths[0]!)}   ${type.padEnd(widths[1]!)}   ${value}\n`;
  const head = line(["Variable", "Type", "Data"]);
  writeStream("stdout", `${head}${"-".repeat(head.length - 1)}\n${rows.map(line).join("")}`);
}

function shown(value: unknown): string {
  const text = inspect(value, {
    depth: 1,
    maxArrayLength: 10,
    maxStringLength: longest,
    breakLength: Infinity,
  });
  const line = text.replace(/\s*\n\s*/g, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
