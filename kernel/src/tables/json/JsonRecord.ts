/** An object of a JSON file that is a row of its table. */
export type JsonRecord = Readonly<Record<string, unknown>>;
