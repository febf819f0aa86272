/** Whether a value is a list of cells, such as a column or a row without names. */
export const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);
