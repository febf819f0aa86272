import { dot } from "./dot.ts";

/**
 * Inner products of each vector of `left` with each of `right`, all of one length: `out[i + j left.length]`. In the build
 * for Node hostDots.ts stands here, which is longer and faster.
 */
export function dots(left: readonly Float64Array[], right: readonly Float64Array[], out: Float64Array): void {
  right.forEach((b, j) => {
    left.forEach((a, i) => {
      out[i + j * left.length] = dot(a, b);
    });
  });
}
