import { types } from "node:util";

/** How they begin; undefined stands for any byte. */
const signatures: [mime: string, ...bytes: (number | undefined)[]][] = [
  ["image/png", 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ["image/jpeg", 0xff, 0xd8, 0xff],
  ["image/gif", 0x47, 0x49, 0x46, 0x38],
  ["image/webp", 0x52, 0x49, 0x46, 0x46, ...Array<undefined>(4), 0x57, 0x45, 0x42, 0x50],
];

/** Image bytes, a canvas (`toDataURL`) or a DOM element (`outerHTML`) as a MIME bundle. */
export function imageOf(value: object): Record<string, unknown> | undefined {
  if (types.isUint8Array(value)) return imageBytes(value);
  const { toDataURL, outerHTML } = value as { toDataURL?: unknown; outerHTML?: unknown };
  if (typeof toDataURL === "function") {
    const [, mime, data] = /^data:(image\/\w+);base64,(.*)$/s.exec(String(toDataURL.call(value))) ?? [];
    return mime ? { [mime]: data } : undefined;
  }
  if (typeof outerHTML !== "string") return undefined;
  return { [/^\s*<svg\b/i.test(outerHTML) ? "image/svg+xml" : "text/html"]: outerHTML };
}

/** Bytes of a picture, known by how they begin. */
export function imageBytes(bytes: Uint8Array): Record<string, unknown> | undefined {
  const found = signatures.find(([, ...start]) =>
    start.every((byte, at) => byte === undefined || bytes[at] === byte),
  );
  if (!found) return undefined;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return { [found[0]]: base64 };
}
