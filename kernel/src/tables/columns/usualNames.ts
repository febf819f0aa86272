// In order of preference; compared without case and punctuation.
export const usualNames: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    nParams: [
      ["nparams", "params", "parameters", "nparameters", "numparams", "numparameters", "paramcount"],
      ["modelparams", "parametercount", "paramscount", "modelparameters", "numberofparameters", "nparam"],
      ["totalparams", "totalparameters", "modelnumparameters", "modelparametercount"],
      ["nonembeddingparams", "nonembeddingparameters", "paramsnonembedding", "nonembparams"],
      ["modelsize", "size", "n"],
    ].flat(),
    nTokens: [
      ["ntokens", "tokens", "numtokens", "trainingtokens", "traintokens", "tokensseen", "datasetsize"],
      ["tokencount", "numtrainingtokens", "ntrainingtokens", "numtraintokens", "totaltokens"],
      ["numinputtokensseen", "trainedtokens", "consumedtokens", "numberoftokens", "numtokensseen"],
      ["datatokens", "d"],
    ].flat(),
    flops: [
      ["flops", "flop", "trainingflops", "trainingflop", "trainflops", "totalflops", "compute"],
      ["trainingcompute", "totalflos", "totalcompute", "traincompute", "numflops"],
      ["flopsbudget", "computebudget", "c"],
    ].flat(),
    loss: [
      ["loss", "lossnats", "valloss", "validationloss", "evalloss", "testloss", "finalloss", "trainloss"],
      ["trainingloss", "evaluationloss", "heldoutloss", "finalvalloss", "finalevalloss", "finaltrainloss"],
      ["crossentropy", "crossentropyloss", "nll", "l"],
    ].flat(),
    step: ["step", "steps", "globalstep", "trainingstep", "trainstep", "iteration", "iterations", "iter"],
  }),
);

/** A column name without case and punctuation. */
export const plainName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
