/**
 * What a column of a loader accepts, as a datasheet writes it under `type`: "a number >= 0 and <= 1, or nothing" is
 * `number 0 to 1 or none`.
 *
 * @param {{ expected: string }} column
 */
export function datasheetType({ expected }) {
  const quoted = (words) =>
    words
      .split(", ")
      .map((word) => `\`${word}\``)
      .join(", ");
  return expected
    .replace(/, or nothing$/, " or none")
    .replace(/^(a|some) /, "")
    .replace(/>= (\S+) and <= (\S+)/, "$1 to $2")
    .replace(/^one of (.*?)( or none)?$/, (_, words, none = "") => `one of ${quoted(words)}${none}`);
}
