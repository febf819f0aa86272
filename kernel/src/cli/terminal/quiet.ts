let isOn = false;

/** Lets `say` and the progress of a job keep silent from now on, as --quiet asks. What went wrong is told all the same. */
export function beQuiet(): void {
  isOn = true;
}

export const isQuiet = () => isOn;

/** What was done, for whoever watches: on stderr, so that results can be piped, and not at all after --quiet. */
export function say(text: string): void {
  if (!isOn) console.error(text);
}
