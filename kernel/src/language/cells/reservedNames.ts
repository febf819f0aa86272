/** Everything the kernel adds to the user's program starts with this, so that it can be hidden again. */
export const reserved = "__isoflop_";

/** Takes the kernel's own modules and names out of a text meant for the user. */
export function withoutReserved(text: string): string {
  return text
    .replace(/import\("[^"]*__isoflop_[^"]*"\)\./g, "")
    .replace(/typeof import\("[^"]*session\/deno\/(?:api|namespace)"\)(\.Deno)?/g, "Deno")
    .replace(/import\("[^"]*session\/deno\/\w+"\)\./g, "Deno.")
    .replace(/typeof import\("[^"]*__isoflop_[^"]*"\)/g, "session")
    .replace(/\b__isoflop_(?:declared|now|last)_/g, "");
}
