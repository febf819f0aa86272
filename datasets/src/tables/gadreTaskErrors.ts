import { number, text } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

/**
 * Top-1 error (1 - accuracy) on each of 46 tasks for the 104 models of `gadreTestbed`, joined by
 * `runId`.
 *
 * One field a task, named as the column without `err_`.
 *
 * @example
 * import { gadreTaskErrors } from "isoflop-datasets";
 * gadreTaskErrors()[0]?.hellaswag; // => 0.7186815441
 */
export const gadreTaskErrors = defineTable("gadre_task_errors", {
  runId: text("run_id"),
  agiEvalLsatAr: number("err_agi_eval_lsat_ar", { min: 0, max: 1 }),
  agiEvalLsatRc: number("err_agi_eval_lsat_rc", { min: 0, max: 1 }),
  agiEvalLsatLr: number("err_agi_eval_lsat_lr", { min: 0, max: 1 }),
  agiEvalSatEn: number("err_agi_eval_sat_en", { min: 0, max: 1 }),
  arcEasy: number("err_arc_easy", { min: 0, max: 1 }),
  arcChallenge: number("err_arc_challenge", { min: 0, max: 1 }),
  bbq: number("err_bbq", { min: 0, max: 1 }),
  bigbenchConceptualCombinations: number("err_bigbench_conceptual_combinations", { min: 0, max: 1 }),
  bigbenchConlangTranslation: number("err_bigbench_conlang_translation", { min: 0, max: 1 }),
  bigbenchCsAlgorithms: number("err_bigbench_cs_algorithms", { min: 0, max: 1 }),
  bigbenchDyckLanguages: number("err_bigbench_dyck_languages", { min: 0, max: 1 }),
  bigbenchElementaryMathQa: number("err_bigbench_elementary_math_qa", { min: 0, max: 1 }),
  bigbenchMisconceptions: number("err_bigbench_misconceptions", { min: 0, max: 1 }),
  bigbenchLanguageIdentification: number("err_bigbench_language_identification", { min: 0, max: 1 }),
  bigbenchLogicalDeduction: number("err_bigbench_logical_deduction", { min: 0, max: 1 }),
  bigbenchNovelConcepts: number("err_bigbench_novel_concepts", { min: 0, max: 1 }),
  bigbenchOperators: number("err_bigbench_operators", { min: 0, max: 1 }),
  bigbenchRepeatCopyLogic: number("err_bigbench_repeat_copy_logic", { min: 0, max: 1 }),
  bigbenchQaWikidata: number("err_bigbench_qa_wikidata", { min: 0, max: 1 }),
  bigbenchStrangeStories: number("err_bigbench_strange_stories", { min: 0, max: 1 }),
  bigbenchStrategyQa: number("err_bigbench_strategy_qa", { min: 0, max: 1 }),
  bigbenchUnderstandingFables: number("err_bigbench_understanding_fables", { min: 0, max: 1 }),
  boolq: number("err_boolq", { min: 0, max: 1 }),
  commonsenseQa: number("err_commonsense_qa", { min: 0, max: 1 }),
  copa: number("err_copa", { min: 0, max: 1 }),
  coqa: number("err_coqa", { min: 0, max: 1 }),
  enterprisePiiClassification: number("err_enterprise_pii_classification", { min: 0, max: 1 }),
  hellaswag: number("err_hellaswag", { min: 0, max: 1 }),
  hellaswagZeroshot: number("err_hellaswag_zeroshot", { min: 0, max: 1 }),
  jeopardy: number("err_jeopardy", { min: 0, max: 1 }),
  lambadaOpenai: number("err_lambada_openai", { min: 0, max: 1 }),
  logiQa: number("err_logi_qa", { min: 0, max: 1 }),
  mathQa: number("err_math_qa", { min: 0, max: 1 }),
  mmlu: number("err_mmlu", { min: 0, max: 1 }),
  mmluZeroshot: number("err_mmlu_zeroshot", { min: 0, max: 1 }),
  openbookQa: number("err_openbook_qa", { min: 0, max: 1 }),
  piqa: number("err_piqa", { min: 0, max: 1 }),
  pubmedQaLabeled: number("err_pubmed_qa_labeled", { min: 0, max: 1 }),
  simpleArithmeticNospaces: number("err_simple_arithmetic_nospaces", { min: 0, max: 1 }),
  simpleArithmeticWithspaces: number("err_simple_arithmetic_withspaces", { min: 0, max: 1 }),
  siqa: number("err_siqa", { min: 0, max: 1 }),
  squad: number("err_squad", { min: 0, max: 1 }),
  winogenderMcFemale: number("err_winogender_mc_female", { min: 0, max: 1 }),
  winogenderMcMale: number("err_winogender_mc_male", { min: 0, max: 1 }),
  winograd: number("err_winograd", { min: 0, max: 1 }),
  winogrande: number("err_winogrande", { min: 0, max: 1 }),
});
