/** Node's hook for `console.log`, by its registered name so that browsers need not know it. */
export const inspectHook: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;
