import { host } from "./host.ts";

/**
 * Asks for a line of text and waits for it, as in a browser or in Deno: nothing else runs meanwhile.
 *
 * @param text what is asked
 * @param defaultValue what an empty answer stands for
 * @throws Error where nobody can answer, as in a notebook that runs headless
 */
export function prompt(text = "", defaultValue?: string): string {
  const answer = host().prompt(text, false);
  return answer === "" && defaultValue !== undefined ? defaultValue : answer;
}

/**
 * Asks for a line of text; timers go on while it waits. With `password` it is not shown while typed.
 *
 * @param text what is asked
 * @throws Error where nobody can answer, as in a notebook that runs headless
 */
export function input(text = "", { password = false }: { password?: boolean } = {}): Promise<string> {
  return host().input(text, password);
}
