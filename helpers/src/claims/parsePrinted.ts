/** The number that a printed text stands for. */
export interface PrintedNumber {
  readonly value: number;
  /** Half a unit of the last digit; undefined where zeros at the end of a whole number leave it open. */
  readonly halfUnit: number | undefined;
}

const plain = /^[+-]?(\d+(?:\.(\d+))?|\.(\d+))(?:e([+-]?\d+))?$/i;
const withThousands = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A number as papers print it ("0.50", ".0285", "634,773", "−23", "1.2e-16"); undefined where the text is no number. */
export function parsePrinted(text: string): PrintedNumber | undefined {
  let digits = text.trim().replace("−", "-");
  if (withThousands.test(digits)) digits = digits.replaceAll(",", "");
  const match = plain.exec(digits);
  if (!match) return undefined;
  const [, mantissa, afterWhole, afterPoint, exponent = "0"] = match;
  const decimals = (afterWhole ?? afterPoint ?? "").length;
  const isOpen = decimals === 0 && /[1-9]0+$/.test(mantissa!);
  return {
    value: Number(digits),
    // Written as text, for 0.5 * 10 ** -5 is not the double of 5e-6.
    halfUnit: isOpen ? undefined : Number(`5e${Number(exponent) - decimals - 1}`),
  };
}
