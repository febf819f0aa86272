import { integer, number, oneOf, positive } from "../csv/column.ts";
import { defineTable } from "../csv/defineTable.ts";

const share = <Name extends string>(name: Name) => number(name, { min: 0, max: 1 });

/**
 * RegMix's runs: small models trained on random mixtures of 17 domains of The Pile, and their losses on 13 of them. 512
 * runs of the 1M model to fit, and 256 of 1M, 256 of 60M and 64 of 1B parameters to judge.
 *
 * Shares are rounded to .001, so that they sum to .996 to 1.003.
 *
 * Source: Liu et al. 2024 (arXiv 2407.01492), sail-sg/regmix, data/.
 *
 * @example
 * import { regmixRuns } from "isoflop-datasets";
 * regmixRuns().filter((run) => run.role === "train").length; // => 512
 */
export const regmixRuns = defineTable("regmix_runs", {
  role: oneOf("role", ["train", "test"]),
  modelSize: oneOf("model_size", ["1M", "60M", "1B"]),
  run: integer("run", { min: 0 }),
  shareArxiv: share("share_arxiv"),
  shareFreelaw: share("share_freelaw"),
  shareNihExporter: share("share_nih_exporter"),
  sharePubmedCentral: share("share_pubmed_central"),
  shareWikipediaEn: share("share_wikipedia_en"),
  shareDmMathematics: share("share_dm_mathematics"),
  shareGithub: share("share_github"),
  sharePhilpapers: share("share_philpapers"),
  shareStackexchange: share("share_stackexchange"),
  shareEnronEmails: share("share_enron_emails"),
  shareGutenbergPg19: share("share_gutenberg_pg_19"),
  sharePileCc: share("share_pile_cc"),
  shareUbuntuIrc: share("share_ubuntu_irc"),
  shareEuroparl: share("share_europarl"),
  shareHackernews: share("share_hackernews"),
  sharePubmedAbstracts: share("share_pubmed_abstracts"),
  shareUsptoBackgrounds: share("share_uspto_backgrounds"),
  lossArxiv: positive("loss_arxiv_nats"),
  lossFreelaw: positive("loss_freelaw_nats"),
  lossPubmedCentral: positive("loss_pubmed_central_nats"),
  lossWikipediaEn: positive("loss_wikipedia_en_nats"),
  lossDmMathematics: positive("loss_dm_mathematics_nats"),
  lossGithub: positive("loss_github_nats"),
  lossStackexchange: positive("loss_stackexchange_nats"),
  lossGutenbergPg19: positive("loss_gutenberg_pg_19_nats"),
  lossPileCc: positive("loss_pile_cc_nats"),
  lossUbuntuIrc: positive("loss_ubuntu_irc_nats"),
  lossHackernews: positive("loss_hackernews_nats"),
  lossPubmedAbstracts: positive("loss_pubmed_abstracts_nats"),
  lossUsptoBackgrounds: positive("loss_uspto_backgrounds_nats"),
});
