import { chinchilla } from "../../laws/chinchilla/chinchilla.ts";
import { chinchillaFigure4Record } from "./chinchillaFigure4Record.ts";
import { publicFit } from "./PublicFit.ts";

/**
 * isoflop's fit of `chinchilla` to the 240 runs of Hoffmann's Figure 4 (default loss), with its covariance: what a plan
 * rests on unless it is given another law. Parameters count embeddings; nats per token on MassiveText. Close to Epoch's
 * refit of the same runs (`besiroglu2024`), which was printed without a covariance.
 *
 * @example
 * import { chinchillaFigure4Fit, computeOptimal } from "isoflop";
 * computeOptimal(chinchillaFigure4Fit, { flops: 1e22 }).tokensPerParam; // => 19.58
 */
export const chinchillaFigure4Fit = publicFit(chinchilla, chinchillaFigure4Record);
