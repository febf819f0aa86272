import { Course } from "./Course.ts";
import { Gaps } from "./Gaps.ts";

/** What is counted while a simulation runs, of all instances together. */
export class Measured {
  readonly gaps = new Gaps();
  readonly course = new Course();
  counts = false;
  sinceS = 0;
  untilS = 0;
  steps = 0;
  /** Seconds of the steps that began while it counts, and of those seconds that all instances computed while it counts. */
  stepsS = 0;
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
    this.stepsS += seconds;
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

  between(fromS: number, seconds: number, of: { inSystem: number; waiting: number; busy: number }): void {
    this.course.add(this.course.waiting, fromS, seconds, of.waiting);
    if (!this.counts) return;
    this.inSystemS += of.inSystem * seconds;
    this.busyS += of.busy * seconds;
  }
}
