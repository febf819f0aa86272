import { huber } from "./huber.ts";

/**
 * The loss of Hoffmann et al. 2022, section 3.3: what a record without a loss was fitted with, and what a likelihood of
 * standardised residuals takes. A fit that is told no loss takes `adaptiveHuber()`.
 */
export const defaultLoss = huber(1e-3);
