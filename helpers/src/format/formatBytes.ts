const units = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/**
 * Bytes as people read them, in decimal units: 1 GB is 1e9 bytes, as data sheets of accelerators count.
 *
 * @example
 * import { formatBytes } from "isoflop";
 * formatBytes(141e9); // => "141 GB"
 * formatBytes(2 ** 30); // => "1.07 GB"
 */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return `${bytes} B`;
  let unit = 0;
  let value = bytes;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
