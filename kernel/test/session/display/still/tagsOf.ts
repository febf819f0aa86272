import { expect } from "vitest";

/** The elements of well-formed XML, in order; fails where it is none. */
export function tagsOf(xml: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  const tag = /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/gy;
  let at = 0;
  while (at < xml.length) {
    const next = xml.indexOf("<", at);
    const text = xml.slice(at, next === -1 ? undefined : next);
    expect(text.replace(/&(?:#\d+|amp|lt|gt|quot);/g, "")).not.toMatch(/[&]/);
    if (next === -1) break;
    tag.lastIndex = next;
    const [whole, isEnd, name, , isEmpty] = tag.exec(xml) ?? [];
    if (whole === undefined || name === undefined)
      throw new Error(`no tag at: ${xml.slice(next, next + 80)}`);
    if (isEnd) expect(open.pop()).toBe(name);
    else found.push(name);
    if (!isEnd && !isEmpty) open.push(name);
    at = next + whole.length;
  }
  expect(open).toEqual([]);
  return found;
}
