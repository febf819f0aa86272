import { Option } from "commander";
import { tableFormats } from "../../tables/tableKind.ts";

/** `--format`. Its words are for help and completion; `parseFormat` understands ".CSV" as well. */
export function formatOption(): Option {
  const option = new Option("--format <format>", "the kind of table, where the name does not say it");
  option.argChoices = [...tableFormats];
  return option;
}
