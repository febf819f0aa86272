/**
 * Whether text on a stream may have colours. FORCE_COLOR decides, in Node's way: 0 or false says no, anything else yes,
 * an empty one too. Then NO_COLOR, if it is not empty, says no. Without either a terminal has them unless it is a dumb one.
 */
export function hasColors(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return !["0", "false"].includes(FORCE_COLOR);
  if (NO_COLOR) return false;
  return stream.isTTY === true && TERM !== "dumb";
}
