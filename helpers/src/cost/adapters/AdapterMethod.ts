/**
 * A way to fine-tune few parameters, as `adapterParams` counts them.
 *
 * `targets` names matrices of the layers: "query", "key", "value", "output", "gate", "up", "down", with experts
 * "expert-up" and the like, with latent attention "query-up", "kv-down" and so on. Left out, it is all but routers.
 * `joined` lists matrices of one input that a checkpoint keeps as one, so that they get one adapter with one A: GPT-2,
 * BLOOM and GPT-NeoX `[["query", "key", "value"]]`, Phi-3 `["gate", "up"]` besides. Left out, each has its own, as in Llama.
 */
export type AdapterMethod =
  | { readonly kind: "full" }
  | {
      /** W + B·A with r·(inputs + outputs) values a matrix (Hu et al. 2021, arXiv 2106.09685). */
      readonly kind: "lora";
      readonly rank: number;
      readonly targets?: readonly string[];
      readonly joined?: readonly (readonly string[])[];
    }
  | {
      /**
       * Experts of LoRA with a router a matrix: E·(r·(inputs + outputs) + inputs) values each (Gao et al. 2024, arXiv
       * 2402.08562).
       */
      readonly kind: "mola";
      readonly rank: number;
      /** Experts of every layer, or a list: of each layer, or of groups of as many layers in order. */
      readonly experts: number | readonly number[];
      readonly targets?: readonly string[];
      readonly joined?: readonly (readonly string[])[];
    }
  | {
      /** Vectors before the input: n·d (Lester et al. 2021, arXiv 2104.08691). */
      readonly kind: "prompt";
      readonly tokens: number;
    }
  | {
      /** Keys and values before those of every attention: n·(keys + values) (Li & Liang 2021, arXiv 2101.00190). */
      readonly kind: "prefix";
      readonly tokens: number;
    }
  | {
      /** Prompts of width d and a gate in the last `layers` layers, by default all (Zhang et al. 2023, arXiv 2303.16199). */
      readonly kind: "llama-adapter";
      readonly tokens: number;
      readonly layers?: number;
    }
  | {
      /**
       * Bottlenecks with biases, 2·d·b + b + d each: two a layer in series (Houlsby et al. 2019, arXiv 1902.00751), one
       * beside the feed-forward (He et al. 2021, arXiv 2110.04366).
       */
      readonly kind: "bottleneck";
      readonly size: number;
      /** Default 2. */
      readonly perLayer?: number;
    }
  | {
      /** A scale a key, value and inner feed-forward value: (IA)^3 (Liu et al. 2022, arXiv 2205.05638). */
      readonly kind: "ia3";
    }
  | {
      /** The biases that the model has (Ben Zaken et al. 2021, arXiv 2106.10199). */
      readonly kind: "bitfit";
    }
  | {
      /** A share of the values of the targets (SpIEL: Ansell et al. 2024, arXiv 2401.16405). */
      readonly kind: "sparse";
      /** Above 0, at most 1. */
      readonly density: number;
      readonly targets?: readonly string[];
    };
