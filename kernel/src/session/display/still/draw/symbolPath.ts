const polygon = (n: number, turn: number, inner = 1) => {
  const count = inner === 1 ? n : 2 * n;
  return Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    const radius = i % 2 === 0 ? 1 : inner;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
};

const up = -Math.PI / 2;
const arm = 0.35;
const cross = [0, 1, 2, 3].flatMap((quarter) =>
  [
    [-arm, -arm],
    [-arm, -1],
    [arm, -1],
  ].map(([u, v]) => {
    const [c, s] = [
      Math.round(Math.cos((quarter * Math.PI) / 2)),
      Math.round(Math.sin((quarter * Math.PI) / 2)),
    ];
    return [(u as number) * c - (v as number) * s, (u as number) * s + (v as number) * c] as const;
  }),
);

const shapes: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  square: polygon(4, up / 2, 1),
  diamond: polygon(4, up),
  "triangle-up": polygon(3, up),
  "triangle-down": polygon(3, -up),
  "triangle-left": polygon(3, Math.PI),
  "triangle-right": polygon(3, 0),
  pentagon: polygon(5, up),
  hexagon: polygon(6, 0),
  star: polygon(5, up, 0.45),
  cross,
  x: cross.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const),
};

/** An SVG path of Plotly's symbol around a point; a circle for those that are not known. */
export function symbolPath(symbol: string, x: number, y: number, size: number): string {
  const r = size / 2;
  const corners = shapes[symbol.replace(/(-open)?(-dot)?$/, "")];
  if (!corners) {
    const [left, d] = [(x - r).toFixed(1), (2 * r).toFixed(1)];
    return `M${left},${y.toFixed(1)}a${r},${r} 0 1 0 ${d},0a${r},${r} 0 1 0 -${d},0Z`;
  }
  return `M${corners.map(([u, v]) => `${(x + u * r).toFixed(1)},${(y + v * r).toFixed(1)}`).join("L")}Z`;
}
