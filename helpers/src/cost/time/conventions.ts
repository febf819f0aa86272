export type MfuConvention = "llm-foundry" | "megatron" | "maxtext" | "palm";
