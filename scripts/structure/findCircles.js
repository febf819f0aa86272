/** Groups of two or more modules that import each other in a round (Tarjan's strongly connected components). */
export function findCircles(arrows) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (path) => {
    index.set(path, index.size);
    low.set(path, index.get(path));
    stack.push(path);
    for (const next of arrows.get(path) ?? []) {
      if (!index.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path), low.get(next)));
      } else if (stack.includes(next)) {
        low.set(path, Math.min(low.get(path), index.get(next)));
      }
    }
    if (low.get(path) !== index.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1 || (arrows.get(path) ?? []).includes(path)) circles.push(circle.sort());
  };
  for (const path of arrows.keys()) if (!index.has(path)) visit(path);
  return circles;
}
