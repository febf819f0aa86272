import { huber } from "./huber.ts";

/** What a fit sums over its residuals when it is not told: the loss of Hoffmann et al. 2022, section 3.3. */
export const defaultLoss = huber(1e-3);
