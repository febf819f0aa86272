import { Gaps } from "./Gaps.ts";

const most = 256;

/** Means over equal pieces of time, of a simulation whose end is not known when it begins. */
class Course {
  widthS = 1e-3;
  readonly decoding: Float64Array = new Float64Array(most);
  readonly kvTokens: Float64Array = new Float64Array(most);
  readonly waiting: Float64Array = new Float64Array(most);

  add(into: Float64Array, fromS: number, seconds: number, value: number): void {
    let from = fromS;
    const to = fromS + seconds;
    while (to > this.widthS * most) this.#widen();
    while (from < to) {
      const piece = Math.min(most - 1, Math.floor(from / this.widthS));
      const end = Math.min(to, (piece + 1) * this.widthS);
      // Where rounding leaves nothing of a piece, the rest goes into it.
      const until = end > from ? end : to;
      into[piece]! += value * (until - from);
      from = until;
    }
  }

  #widen(): void {
    for (const sums of [this.decoding, this.kvTokens, this.waiting]) {
      for (let i = 0; i < most / 2; i++) sums[i] = sums[2 * i]! + sums[2 * i + 1]!;
      sums.fill(0, most / 2);
    }
    this.widthS *= 2;
  }
}

/** What is counted while a simulation runs, of all instances together. */
export class Measured {
  readonly gaps = new Gaps();
  readonly course = new Course();
  counts = false;
  sinceS = 0;
  untilS = 0;
  steps = 0;
  busyS = 0;
  decodeSteps = 0;
  decodingS = 0;
  decodeBusyS = 0;
  promptTokens = 0;
  outputTokens = 0;
  mostDecoding = 0;
  mostKvTokens = 0;
  kvTokensS = 0;
  inSystemS = 0;

  step(nowS: number, seconds: number, decoding: number, promptTokens: number, kvTokens: number): void {
    this.course.add(this.course.decoding, nowS, seconds, decoding);
    this.course.add(this.course.kvTokens, nowS, seconds, kvTokens);
    if (decoding > this.mostDecoding) this.mostDecoding = decoding;
    if (kvTokens > this.mostKvTokens) this.mostKvTokens = kvTokens;
    if (!this.counts) return;
    this.steps++;
    this.busyS += seconds;
    this.kvTokensS += kvTokens * seconds;
    this.promptTokens += promptTokens;
    if (decoding === 0) return;
    this.decodeSteps++;
    this.decodeBusyS += seconds;
    this.decodingS += decoding * seconds;
  }

  gap(seconds: number, weight: number): void {
    if (this.counts) this.gaps.add(seconds, weight);
  }

  written(tokens: number): void {
    if (this.counts) this.outputTokens += tokens;
  }

  between(fromS: number, seconds: number, inSystem: number, waiting: number): void {
    this.course.add(this.course.waiting, fromS, seconds, waiting);
    if (this.counts) this.inSystemS += inSystem * seconds;
  }
}
