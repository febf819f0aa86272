import { CommanderError } from "commander";

/**
 * What was asked for cannot be asked: an option's value, options that exclude each other, one that is missing. The exit
 * code is 2, as for an option that is not known; what goes wrong with files, runs and machines gives 1.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether an error says that the command was used wrongly, in our words or commander's. */
export const isWrongUse = (error: unknown): boolean =>
  error instanceof UsageError || (error instanceof CommanderError && error.exitCode !== 0);

/** Reads what stands on the command line; what a reader refuses there is a wrong use of the command. */
export function asUsage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw usageErrorOf(error);
  }
}

/** As `asUsage`, for readers that take time. */
export async function asUsageLater<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    throw usageErrorOf(error);
  }
}

/** Readers say RangeError where the text is wrong; anything else is no matter of use. */
const usageErrorOf = (error: unknown) =>
  error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
