import { host } from "./host.ts";

/** Asks for a line of text and waits for it, as in a browser or in Deno. */
export function prompt(text = "Prompt", defaultValue?: string): string | null {
  const answer = host().prompt(text && !/\s$/.test(text) ? `${text} ` : text, false);
  return answer === "" && defaultValue !== undefined ? defaultValue : answer;
}

/** Asks for a line of text; with `password` it is not shown while typed. */
export async function input(text = "", { password = false }: { password?: boolean } = {}): Promise<string> {
  return host().prompt(text, password) ?? "";
}
