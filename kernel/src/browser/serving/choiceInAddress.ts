import type { ServingChoice } from "isoflop";

/**
 * The start with what the address of the page says otherwise, under names such as `figure-3.model`. What is no number
 * where one is wanted is left as it was; what the panel does not offer is refused where it is used.
 */
export function choiceFromAddress(start: ServingChoice, figure: string, query: string): ServingChoice {
  const given = new URLSearchParams(query);
  const entries = Object.entries(start).map(([name, value]) => {
    const text = given.get(`${figure}.${name}`);
    if (text === null) return [name, value];
    if (typeof value === "string") return [name, text];
    const number = Number(text);
    return [name, text.trim() !== "" && Number.isFinite(number) ? number : value];
  });
  return Object.fromEntries(entries) as ServingChoice;
}

/** The query with what differs from the start, other figures' left as they are; "" where nothing is left to say. */
export function addressOfChoice(
  choice: ServingChoice,
  start: ServingChoice,
  figure: string,
  query: string,
): string {
  const given = new URLSearchParams(query);
  for (const [name, value] of Object.entries(choice)) {
    const key = `${figure}.${name}`;
    if (value === start[name as keyof ServingChoice]) given.delete(key);
    else given.set(key, String(value));
  }
  const text = given.toString();
  return text === "" ? "" : `?${text}`;
}
