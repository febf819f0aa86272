/** What is asked for: a row a request, in the order of arrival. */
export interface AskedRequests {
  readonly promptTokens: Int32Array;
  readonly outputTokens: Int32Array;
  /** Tokens of the prompt that are in the cache already. */
  readonly hitTokens: Int32Array;
}

/** The state of every request while it is simulated; seconds are NaN until they are known. */
export class RequestTable implements AskedRequests {
  readonly count: number;
  readonly promptTokens: Int32Array;
  readonly outputTokens: Int32Array;
  readonly hitTokens: Int32Array;
  readonly arrivalS: Float64Array;
  /** When the first of its tokens was computed. */
  readonly startS: Float64Array;
  readonly firstS: Float64Array;
  readonly endS: Float64Array;
  readonly preemptions: Int32Array;
  /** Which instance served it (of split instances: which decoded it). */
  readonly instance: Int32Array;
  /** Output tokens so far. */
  readonly written: Int32Array;
  /** Tokens in the cache while it is being prefilled. */
  readonly computed: Int32Array;
  /** When its last token came, where that is not the end of the step before. */
  readonly lastTokenS: Float64Array;

  constructor(asked: AskedRequests) {
    const n = asked.promptTokens.length;
    this.count = n;
    this.promptTokens = asked.promptTokens;
    this.outputTokens = asked.outputTokens;
    this.hitTokens = asked.hitTokens;
    this.arrivalS = new Float64Array(n).fill(Number.NaN);
    this.startS = new Float64Array(n).fill(Number.NaN);
    this.firstS = new Float64Array(n).fill(Number.NaN);
    this.endS = new Float64Array(n).fill(Number.NaN);
    this.preemptions = new Int32Array(n);
    this.instance = new Int32Array(n).fill(-1);
    this.written = new Int32Array(n);
    this.computed = new Int32Array(n);
    this.lastTokenS = new Float64Array(n);
  }
}
