// SLDBench's tasks as its board names them: what is predicted from what, and which columns are scales, groups and shares.
// Nothing else differs from task to task.
export const tasks = {
  par: { response: ["loss"], inputs: ["num_params", "parallel_size"], group: "group" },
  vocab: { response: ["Lossu"], inputs: ["Non_vocab_parameters", "vocab_size", "num_characters"] },
  sft: { response: ["sft_loss"], inputs: ["sft_data_size"], group: "group" },
  mix: {
    response: ["loss1", "loss2", "loss3", "loss4", "loss5"],
    inputs: ["p1", "p2", "p3", "p4", "p5"],
    group: "group",
  },
  moe: { response: ["loss_validation"], inputs: ["num_experts", "dense_parameter_count"] },
  dc: { response: ["loss"], inputs: ["params", "tokens", "unique_tokens"] },
  lr: {
    response: ["smooth loss"],
    inputs: ["lr", "bs", "D", "N"],
    scale: ["D", "N"],
    otherNames: { "smooth loss": "loss" },
  },
  u: { response: ["brier_score"], inputs: ["log_flops"], group: "group" },
};

/** The scales are all inputs, where a task does not name them. */
export const scaleOf = ({ scale, inputs }) => scale ?? inputs;
