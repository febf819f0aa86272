const units = [
  { name: "s", scale: 1 },
  { name: "ms", scale: 1e3 },
  { name: "µs", scale: 1e6 },
  { name: "ns", scale: 1e9 },
] as const;

const parts = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A time in seconds as IPython writes it: `1.23 ms`, `1min 5s`. */
export function formatTime(seconds: number): string {
  if (seconds >= 60) {
    const words: string[] = [];
    let left = seconds;
    for (const [name, length] of parts) {
      const count = Math.floor(left / length);
      if (count > 0) words.push(`${count}${name}`);
      left -= count * length;
    }
    return words.join(" ");
  }
  const order = seconds > 0 ? Math.min(Math.max(-Math.floor(Math.floor(Math.log10(seconds)) / 3), 0), 3) : 3;
  const { name, scale } = units[order] as (typeof units)[number];
  return `${Number((seconds * scale).toPrecision(3))} ${name}`;
}
