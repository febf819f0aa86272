/**
 * Numbers that a notebook's text quotes beside no claim: what its papers print, and facts of their data and set-ups.
 * A result of ours belongs to none of these lists; code prints it.
 */
export const quotedFigures: Readonly<Record<string, readonly string[]>> = {
  "autoregressive-modalities": [".5"],
  "batch-and-rate": ["1.07", "67", "125", "1.2", "0.2", "20"], // sizes of the models; Zhang et al.'s definition; tokens asked about
  chinchilla: [
    ...["123", "80 %", "240"], // points of figure 3, subsamples of approach 2, runs without outliers
    ...["482.01", "2085.43", "0.3478", "0.3658"], // Besiroglu et al., equation 3
    ...[".454", ".455", "0.28", "0.2849", "0.4545"], // Hoffmann et al., Table 2 and the TeX source's digits
    ...["0.452", "0.456"], // comments in Besiroglu et al.'s notebook
  ],
  "compute-classes": ["48", "12", "15", "100", "2.7"], // hours of the classes; sizes and tokens of the models drawn
  dataframes: ["32"], // bits
  densing: ["3.5", "2.1", "2022", "2024", "2.5", "23"], // GPT-3.5, years, dates, the journal's months, other choices
  experts: ["132", "368", "70", "14"], // sizes of the runs, a size asked about, FLOPs of routing
  downstream: ["95 %", "3.8"], // level of the intervals; Llama 3's budget
  "idealized-runtime": ["110", "4.096", "3.06", "24", "291"],
  "inference-aware-training": [
    ...["13", "1.7", "13.6", "20", "80", "40"], // examples of the text; memory of the A100s
    "10,000", // tokens per parameter of the longest run
  ],
  "isoflop-bias": ["90", "80 %", "405", "1e22"], // percentile and subsamples; Llama 3's size and largest sweep budget
  "kaplan-to-chinchilla": ["3.1", "5.4"],
  levers: ["30", "220", ".645", "2.2", "350"], // sizes and tokens of the runs; ScaleRL's ceiling; SciPy's stop
  "loss-to-loss": ["3.3", "50"], // parameters and tokens of the largest runs
  "limited-data": [
    ...["2025", ".01046", ".0104", ".4576", ".3676"], // Table 1's correction, its digits and the notebook's
    ...["36", "32", "1.2e-7"], // the authors' starts; bits of their floats
    ...["400", "95 %", "90 %"], // resamples and levels
  ],
  mixtures: ["25", "100,000", "410", ".97"], // draws of eight runs, RegMix's draws, a size of Ye et al., BiMix's R²
  "over-training": ["411", "79", "154", "1.4", "900", "138", "2.4", "2.7", "128"], // the runs; starts of curve_fit
  "quantised-serving": ["3.88", "600", "125", "1.6"], // 16/4.125; the A10; parameters of QMoE's model
  "repeated-sampling": [
    ...["3.5", "3.6", "4.7"], // Brown et al., Table 1
    ...["82", "81", "80", "79", "76", "70"], // Stroebl et al.'s heat map and models
    "1e-16", // where doubles end
  ],
  retrieval: ["32", "128", "300", "0.01", "1.5", "−2.18", "1.12"], // contexts, tokens; Yue et al.'s model
  schedules: ["400", "256", "60"], // tokens of the figure, of the observed rates, and a parameter
  "schedules-and-curves": ["200", "25", "400", "80 %", "18e-5", "9e-5"], // steps of AdamW; sizes; levels; rates
  sld: [".8327"], // the law posted with the first experts score, on the judging rows
  "step-law": ["1,000", "20", ".257", "95 %"],
  "test-time-compute": ["1.5", "671", "0.8", "2.5", "84.6", "76.2", "30", "12"], // models and printed scores
  "training-memory": ["7.5", "73.5", "69.2", "14", "18", "70"], // 70B in a name; 1e9 parameters of Table 1; TFLOP/s of Frontier, its TB and bytes as others quote them
  "time-and-money": [
    ...["405", "700", "80 %"], // a size of Llama 3.1; watts of an H100 on its card; level of the intervals
    ...["85", "97 %"], // goodputs of the Gemini report
    ...["15", "15.6", "14.8"], // trillions of tokens
  ],
  "vision-tokens": ["95 %", "54"],
  vocabulary: ["330", "300", "126", "1000", "43", "29.1"],
};
