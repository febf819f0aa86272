/** A parameter's name, or any quantity computed from the parameters. */
export type Quantity<P extends string> = P | ((parameters: Readonly<Record<P, number>>) => number);
