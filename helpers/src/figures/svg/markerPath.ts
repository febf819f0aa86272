const polygon = (n: number, turn: number, inner = 1) => {
  const count = inner === 1 ? n : 2 * n;
  return Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    const radius = i % 2 === 0 ? 1 : inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
};

const cross = [
  [-0.35, -1],
  [0.35, -1],
  [0.35, -0.35],
  [1, -0.35],
  [1, 0.35],
  [0.35, 0.35],
  [0.35, 1],
  [-0.35, 1],
  [-0.35, 0.35],
  [-1, 0.35],
  [-1, -0.35],
  [-0.35, -0.35],
] as const;

const up = -Math.PI / 2;
const shapes: Record<string, readonly (readonly [number, number])[]> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  diamond: polygon(4, up),
  "triangle-up": polygon(3, up),
  "triangle-down": polygon(3, -up),
  pentagon: polygon(5, up),
  star: polygon(5, up, 0.45),
  cross,
  x: cross.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const),
};

/** An SVG path of Plotly's marker symbol around a point; a circle for symbols we do not use. */
export function markerPath(symbol: string, x: number, y: number, size: number): string {
  const r = size / 2;
  const corners = shapes[symbol];
  if (!corners) {
    const left = (x - r).toFixed(1);
    const d = (2 * r).toFixed(1);
    return `M${left},${y.toFixed(1)}a${r},${r} 0 1 0 ${d},0a${r},${r} 0 1 0 -${d},0Z`;
  }
  return `M${corners.map(([u, v]) => `${(x + u * r).toFixed(1)},${(y + v * r).toFixed(1)}`).join("L")}Z`;
}
