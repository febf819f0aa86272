import { lossToAccuracy, taskLoss, withParameters } from "isoflop";

/** A first and a second step of usual size. */
export const step1 = withParameters(taskLoss, { E: 0.5, A: 60, B: 120, alpha: 0.26, beta: 0.24 });
export const step2 = withParameters(lossToAccuracy, { a: -0.7, k: 4.5, L0: 0.85, b: 0.97 });

/** The 16 runs of a ladder, with what the two steps say of them. */
export const ladder = [1.9e8, 3.7e8, 7.6e8, 1.28e9].flatMap((nParams) =>
  [20, 40, 100, 200].map((ratio) => {
    const run = { run: `${nParams}-${ratio}`, nParams, nTokens: nParams * ratio };
    const loss = step1.predict(run);
    return { ...run, taskLoss: loss, accuracy: step2.predict({ taskLoss: loss }) };
  }),
);

/** Checkpoints along each run, on the second step's curve. */
export const checkpoints = ladder.flatMap(({ run, nParams, nTokens }) =>
  [0.1, 0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const loss = step1.predict({ nParams, nTokens: nTokens * share });
    return { run, taskLoss: loss, accuracy: step2.predict({ taskLoss: loss }) };
  }),
);

export const larger = { nParams: 7e9, nTokens: 4e12 };
