import { Option } from "commander";

const repeatable = new WeakSet<Option>();

/** An option with a value that may be given again and again. */
export function repeatableOption<Value>(
  flags: string,
  description: string,
  parse: (text: string, earlier: Value | undefined) => Value,
): Option {
  const option = new Option(flags, description).argParser(parse);
  repeatable.add(option);
  return option;
}

export const isRepeatable = (option: Option): boolean => repeatable.has(option);
