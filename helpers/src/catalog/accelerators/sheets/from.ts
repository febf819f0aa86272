/** Where the catalogue's figures were read. Sources that compile vendors' pages name the page beside each figure. */
export const from = {
  engineering:
    "Bekman, Machine Learning Engineering, github:stas00/ml-engineering@744d01e (2026-08-22), from the vendors' pages",
  network: "github:stas00/ml-engineering@744d01e network/README.md (2026-08-22)",
  epoch: "Epoch AI, Machine Learning Hardware, CC BY 4.0, copy of 2026-01-07",
  aiconfigurator: "github:ai-dynamo/aiconfigurator@095f58a systems/*.yaml (2026-08-21)",
  llmAnalysis: "github:cli99/llm-analysis@d841e40 gpu_configs/*.json (2024-11-13)",
  scalingBook: "github:jax-ml/scaling-book@0819a7d tpus.md (2025-02-18)",
  tpuDocs: "Google Cloud's pages on TPU versions, docs.cloud.google.com/tpu/docs",
  neuronDocs:
    "AWS Neuron documentation, awsdocs-neuron.readthedocs-hosted.com, about-neuron/arch/neuron-hardware",
  gaudiSlides: "Intel at Hot Chips, August 2024 (sgpjbg.com/baogao/465025.html)",
  hmcTech: "hmc-tech.com, from the vendor's clocks and units",
  gpuPrices: "github:datareceipts/data-receipts 109-gpu-pricing, pages and price lists read on 2026-11-09",
} as const;
