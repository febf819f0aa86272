/** What a terminal has that does not say: the width of a punched card, and of most terminals since. */
const usual = 80;

/** Narrower than this a word hardly fits, and what says so is no terminal that somebody reads. */
const least = 20;

type Environment = Readonly<Record<string, string | undefined>>;
type Screen = { readonly isTTY?: boolean; readonly columns?: number };

/**
 * How many columns text may take on a stream. COLUMNS says it for any; a terminal says it itself, or is taken to have 80
 * where it says nothing or 0 (a serial line, a container without a size). Elsewhere, in a file or a pipe, a line is as
 * long as it is, so that another program finds it whole.
 */
export function terminalWidth(stream: Screen, env: Environment = process.env): number {
  const given = /^\d+$/.test(env.COLUMNS ?? "") ? Number(env.COLUMNS) : 0;
  if (given > 0) return Math.max(least, given);
  if (!stream.isTTY) return Number.POSITIVE_INFINITY;
  return stream.columns ? Math.max(least, stream.columns) : usual;
}

/** As `terminalWidth`, for prose such as a help, which is set in lines anywhere. */
export function proseWidth(stream: Screen, env?: Environment): number {
  const width = terminalWidth(stream, env);
  return Number.isFinite(width) ? width : usual;
}
