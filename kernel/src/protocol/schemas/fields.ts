/** What a field of a message may hold. */
export interface Field {
  /** In words, as "text" or "a whole number". */
  readonly expected: string;
  readonly isOptional?: boolean;
  /** What is wrong with a value, as the path below the field and the value found there. */
  fault(value: unknown): Fault | undefined;
}

export interface Fault {
  path: string;
  value: unknown;
  expected: string;
}

/** The fields of an object; others are let through, as the protocol asks. */
export type Schema = Readonly<Record<string, Field>>;

function simple(expected: string, accepts: (value: unknown) => boolean): Field {
  return {
    expected,
    fault: (value) => (accepts(value) ? undefined : { path: "", value, expected }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const text = simple("text", (value) => typeof value === "string");
export const yesOrNo = simple("true or false", (value) => typeof value === "boolean");
export const wholeNumber = simple("a whole number", (value) => Number.isSafeInteger(value));
export const object = simple("an object", isObject);
export const anything = simple("anything", () => true);

export function oneOf(...values: readonly string[]): Field {
  return simple(`one of ${values.join(", ")}`, (value) => values.includes(value as string));
}

/** May be missing, or null. */
export function optional(field: Field): Field {
  return { ...field, isOptional: true };
}

export function listOf(item: Field): Field {
  const expected = `a list (each ${item.expected})`;
  return {
    expected,
    fault(value) {
      if (!Array.isArray(value)) return { path: "", value, expected };
      for (let index = 0; index < value.length; index++) {
        const fault = item.fault(value[index]);
        if (fault) return { ...fault, path: `[${index}]${fault.path}` };
      }
      return undefined;
    },
  };
}

/** An object whose names are free. */
export function recordOf(item: Field): Field {
  const expected = `an object (each value ${item.expected})`;
  return {
    expected,
    fault(value) {
      if (!isObject(value)) return { path: "", value, expected };
      for (const name of Object.keys(value)) {
        const fault = item.fault(value[name]);
        if (fault) return { ...fault, path: `[${JSON.stringify(name.slice(0, 40))}]${fault.path}` };
      }
      return undefined;
    },
  };
}

export function objectOf(schema: Schema): Field {
  return {
    expected: "an object",
    fault: (value) => (isObject(value) ? faultOf(schema, value) : { path: "", value, expected: "an object" }),
  };
}

/** One of several kinds of object, told apart by the text in one of their fields. */
export function kindOf(name: string, kinds: ReadonlyMap<string, Schema>): Field {
  const kind = oneOf(...kinds.keys());
  return {
    expected: "an object",
    fault(value) {
      if (!isObject(value)) return { path: "", value, expected: "an object" };
      const schema = kinds.get(value[name] as string);
      return schema
        ? faultOf(schema, value)
        : { path: `.${name}`, value: value[name], expected: kind.expected };
    },
  };
}

function faultOf(schema: Schema, value: Record<string, unknown>): Fault | undefined {
  for (const [name, field] of Object.entries(schema)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (field.isOptional && (member === undefined || member === null)) continue;
    const fault = field.fault(member);
    if (fault) return { ...fault, path: `.${name}${fault.path}` };
  }
  return undefined;
}

/** A sentence about the first field that is not as it should be: its name, what it is and what it should be. */
export function describeFault(where: string, schema: Schema | Field, value: unknown): string | undefined {
  const field = isField(schema) ? schema : objectOf(schema);
  const fault = field.fault(value);
  return fault && `${where}${fault.path} must be ${fault.expected}, got ${describe(fault.value)}`;
}

function isField(schema: Schema | Field): schema is Field {
  return typeof schema.fault === "function";
}

const shown = 40;

/** A value's type, and the value itself where it is short: never what an object says about itself. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") {
    const start = JSON.stringify(value.slice(0, shown));
    return value.length > shown ? `text (${start} …)` : `text (${start})`;
  }
  if (typeof value === "object") {
    const names = Object.keys(value);
    const some = names.slice(0, 3).map((name) => JSON.stringify(name.slice(0, shown)));
    return `an object (${names.length > 3 ? `${some.join(", ")} …` : some.join(", ") || "empty"})`;
  }
  return `${typeof value === "boolean" ? "" : "the number "}${String(value)}`;
}
