/** Whether values stand in each other deeper than so many levels. Level by level: nothing recurses. */
export function isDeeper(value: unknown, levels: number): boolean {
  let now = [value].filter(isContainer);
  for (let level = 0; now.length > 0; level++) {
    if (level === levels) return true;
    const inside: object[] = [];
    for (const each of now) for (const one of Object.values(each)) if (isContainer(one)) inside.push(one);
    now = inside;
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
