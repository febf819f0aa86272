const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const largest = 32767;

/** Rows of a lower triangle, each as whole numbers of 16 bits over its largest entry, in base 64 (three letters a number). */
export interface QuantisedTriangle {
  readonly scales: readonly number[];
  readonly text: string;
}

/** Writes the lower triangle of a q x q matrix; an entry is off by at most 1/65534 of the largest of its row. */
export function quantiseTriangle(matrix: Float64Array, q: number): QuantisedTriangle {
  const scales: number[] = [];
  const chunks: string[] = [];
  for (let i = 0; i < q; i++) {
    let scale = 0;
    for (let j = 0; j <= i; j++) scale = Math.max(scale, Math.abs(matrix[i * q + j]!));
    // The scale that is written is the one that counts.
    const written = Number((scale / largest).toPrecision(9)) || 1;
    scales.push(written);
    let text = "";
    for (let j = 0; j <= i; j++) {
      const value = Math.round(matrix[i * q + j]! / written) + largest + 1;
      text += letters[value >> 12]! + letters[(value >> 6) & 63]! + letters[value & 63]!;
    }
    chunks.push(text);
  }
  return { scales, text: chunks.join("") };
}

/** Reads it again. */
export function readTriangle({ scales, text }: QuantisedTriangle): Float64Array {
  const q = scales.length;
  if (text.length !== (3 * q * (q + 1)) / 2) {
    throw new RangeError(
      `the triangle of ${q} rows must have ${(3 * q * (q + 1)) / 2} letters, got ${text.length}`,
    );
  }
  const codes = new Uint8Array(128);
  for (let k = 0; k < 64; k++) codes[letters.charCodeAt(k)] = k;
  const matrix = new Float64Array(q * q);
  let at = 0;
  const code = () => codes[text.charCodeAt(at++)]!;
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (code() << 12) | (code() << 6) | code();
      matrix[i * q + j] = (value - largest - 1) * scales[i]!;
    }
  }
  return matrix;
}
