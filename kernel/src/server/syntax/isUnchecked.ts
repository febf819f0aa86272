/** Whether a line of the cell says that it is not to be checked. White space ends with the line, or many lines would take the square of their number. */
export function isUnchecked(code: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*\/\/[^\S\r\n\u2028\u2029]*@ts-nocheck\b/m.test(code);
}
