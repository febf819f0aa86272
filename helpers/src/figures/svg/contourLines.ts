type Point = readonly [number, number];

/**
 * The lines along which a surface has one value, by marching squares: in each cell the crossings of its edges,
 * found by linear interpolation, are joined, and cells' pieces are strung into lines.
 *
 * @param x, y pixel coordinates of the grid's columns and rows
 * @param z z[row][column]; cells with a value that is not finite are left open
 */
export function contourLines(
  x: readonly number[],
  y: readonly number[],
  z: readonly (readonly number[])[],
  level: number,
): Point[][] {
  // An edge is named by its lower corner and direction, so that neighbouring cells share the name.
  const points = new Map<string, Point>();
  const neighbours = new Map<string, string[]>();
  const join = (one: string, other: string) => {
    neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
    neighbours.set(other, [...(neighbours.get(other) ?? []), one]);
  };
  const crossing = (i: number, j: number, di: number, dj: number): string | undefined => {
    const from = z[j]![i]!;
    const to = z[j + dj]![i + di]!;
    if (from >= level === to >= level) return undefined;
    const t = (level - from) / (to - from);
    const name = `${i},${j},${di}`;
    points.set(name, [x[i]! + t * (x[i + di]! - x[i]!), y[j]! + t * (y[j + dj]! - y[j]!)]);
    return name;
  };
  for (let j = 0; j + 1 < y.length; j++) {
    for (let i = 0; i + 1 < x.length; i++) {
      const corners = [z[j]![i]!, z[j]![i + 1]!, z[j + 1]![i]!, z[j + 1]![i + 1]!];
      if (!corners.every(Number.isFinite)) continue;
      const edges = [
        crossing(i, j, 1, 0),
        crossing(i + 1, j, 0, 1),
        crossing(i, j + 1, 1, 0),
        crossing(i, j, 0, 1),
      ].filter((edge) => edge !== undefined);
      // A saddle has four crossings; either pairing is right to the grid's accuracy.
      for (let k = 0; k + 1 < edges.length; k += 2) join(edges[k]!, edges[k + 1]!);
    }
  }
  return string(neighbours).map((line) => line.map((name) => points.get(name)!));
}

/** Walks the pieces into lines: open lines from their ends first, then what is left are rings. */
function string(neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const walk = (start: string): string[] => {
    const line: string[] = [];
    let current: string | undefined = start;
    while (current !== undefined) {
      seen.add(current);
      line.push(current);
      current = neighbours.get(current)!.find((name) => !seen.has(name));
    }
    if (line.length > 2 && neighbours.get(line.at(-1)!)!.includes(start)) line.push(start);
    return line;
  };
  const names = [...neighbours.keys()];
  const ends = names.filter((name) => neighbours.get(name)!.length === 1);
  return [...ends, ...names].flatMap((name) => (seen.has(name) ? [] : [walk(name)]));
}
