/** Share of the time of a large training that was training. */
export interface PublishedGoodput {
  readonly training: string;
  /** The share, or its lower bound where `isBound`. */
  readonly goodput: number;
  readonly isBound: boolean;
  readonly source: string;
}

/**
 * Goodputs that large trainings published: the time of training over the time of the run, with restarts, lost steps and
 * repairs counted against it. `trainingRun` takes 85 to 97 % unless told.
 *
 * @example
 * import { publishedGoodput } from "isoflop";
 * publishedGoodput.map(({ goodput }) => goodput); // => [0.9, 0.85, 0.97, 0.97]
 */
export const publishedGoodput: readonly PublishedGoodput[] = [
  {
    training: "Llama 3 405B, 54 days on 16,384 H100, 419 unexpected interruptions",
    goodput: 0.9,
    isBound: true,
    source: "Llama team 2024 (arXiv:2407.21783), section 3.3.4, higher than 90 %; read in copies of its text",
  },
  {
    training: "PaLM and PaLM 2, largest run",
    goodput: 0.85,
    isBound: false,
    source: "Gemini team 2023 (arXiv:2312.11805), section 3, read in copies of its text",
  },
  {
    training: "Gemini, largest run",
    goodput: 0.97,
    isBound: false,
    source: "Gemini team 2023 (arXiv:2312.11805), section 3, read in copies of its text",
  },
  {
    training: "ByteRobust, three months on 9,600 GPUs",
    goodput: 0.97,
    isBound: false,
    source: "second-hand: public notes on effective training time ratios",
  },
];
