import { InvalidArgumentError } from "commander";

/** An option's value as a whole number of at least 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new InvalidArgumentError("It must be a whole number of at least 1.");
  }
  return value;
}

/** An option's value as a number of at least 0. */
export function parseAmount(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(Number.isFinite(value) && value >= 0)) {
    throw new InvalidArgumentError("It must be a number of at least 0.");
  }
  return value;
}

/** An option's value as a number > 0. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(Number.isFinite(value) && value > 0)) {
    throw new InvalidArgumentError("It must be a plain number > 0, such as 1e24.");
  }
  return value;
}
