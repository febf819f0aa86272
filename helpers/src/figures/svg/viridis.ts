// Nine evenly spaced colours of matplotlib's viridis (CC0): lightness rises steadily, so it reads in grey.
const stops = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
] as const;

/** The colour at t, 0 (dark) to 1 (light). */
export function viridis(t: number): string {
  const place = Math.min(Math.max(t, 0), 1) * (stops.length - 1);
  const i = Math.min(Math.floor(place), stops.length - 2);
  const mix = stops[i]!.map((from, k) => Math.round(from + (place - i) * (stops[i + 1]![k]! - from)));
  return `rgb(${mix.join(",")})`;
}
