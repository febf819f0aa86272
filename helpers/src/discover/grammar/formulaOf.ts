import { type Candidate, type Coordinate, type Feature, hasInner, type Term } from "./Candidate.ts";

/** A law as text, with the names of its parameters in the order in which a fit holds them: nonlinear ones, then amplitudes. */
export interface Formula {
  readonly text: string;
  readonly nonlinear: readonly string[];
  readonly linear: readonly string[];
}

/** Which of its parameters are negative, in the order of a fit: nonlinear ones; the floor and the amplitudes. */
export interface Signs {
  readonly nonlinear: readonly boolean[];
  readonly linear: readonly boolean[];
}

const positive: Signs = { nonlinear: [], linear: [] };

/**
 * Writes a law as `isoflop fit --law` reads it. There parameters are >= 0, so that signs stand in the text. Columns whose names are no plain words stand in braces; a parameter whose
 * name is a column's gets an underscore.
 *
 * @param others columns of the table that the law does not name
 */
export function formulaOf(
  candidate: Candidate,
  coordinates: readonly Coordinate[],
  response: string,
  negative: Signs = positive,
  others: readonly string[] = [],
): Formula {
  const nonlinear: string[] = [];
  const linear: string[] = [];
  const columns = new Set([...coordinates.map(({ name }) => name), response, ...others]);
  const free = (name: string) => {
    let own = name;
    while (columns.has(own)) own += "_";
    return own;
  };
  const inner = (letter: string) => {
    const name = free(`${letter}${nonlinear.filter((one) => one.startsWith(letter)).length + 1}`);
    const isNegative = negative.nonlinear[nonlinear.length] ?? false;
    nonlinear.push(name);
    return isNegative ? `(-${name})` : name;
  };
  let text = "";
  const append = (name: string, rest: readonly string[]) => {
    const isNegative = negative.linear[linear.length] ?? false;
    const sign = text === "" ? (isNegative ? "-" : "") : isNegative ? " - " : " + ";
    linear.push(free(name));
    text += sign + [free(name), ...rest].join("*");
  };
  if (candidate.floor) append("E", []);
  candidate.terms.forEach((term, k) => {
    append(`A${k + 1}`, factors(term, coordinates, inner));
  });
  return { text: `${word(response)} = ${text}`, nonlinear, linear };
}

/** Words that are numbers or signs in a formula. */
const reserved = /^(e|pi|not|true|false|null|undefined|NaN|Infinity|end)$/;

/** A column as a formula of a table names it: in braces where it is no plain word, in backticks where it holds braces. */
function word(name: string): string {
  if (/[{}]/.test(name)) return `\`${name}\``;
  return /^[A-Za-z]\w*$/.test(name) && !reserved.test(name) ? name : `{${name}}`;
}

const ratio = ({ name, reference }: Coordinate) => `${word(name)}/${reference}`;

function coordinateText(coordinate: Coordinate): string {
  if (coordinate.kind === "log") return `log(${ratio(coordinate)})`;
  const { name, reference, scale } = coordinate;
  const shifted = reference < 0 ? `${word(name)} + ${-reference}` : `${word(name)} - ${reference}`;
  return `((${shifted})/${scale})`;
}

function factors(
  term: Term,
  coordinates: readonly Coordinate[],
  inner: (letter: string) => string,
): string[] {
  if (term.kind === "monomial") return term.of.map((v) => coordinateText(coordinates[v]!));
  if (term.kind === "logistic") {
    const middle = inner("m");
    return [`1/(1 + exp(-(${coordinateText(coordinates[term.v]!)} - ${middle})*${inner("s")}))`];
  }
  return term.features.map((feature) => {
    const exponent = inner("p");
    return factor(feature, exponent, hasInner(feature) ? inner("K") : "", coordinates);
  });
}

function factor(
  feature: Feature,
  exponent: string,
  size: string,
  coordinates: readonly Coordinate[],
): string {
  if (feature.kind === "product") {
    return `exp(${exponent}*${coordinateText(coordinates[feature.a]!)}*${coordinateText(coordinates[feature.b]!)})`;
  }
  if (feature.kind === "repeated") {
    const unique = coordinates[feature.unique]!;
    const over = `${word(coordinates[feature.total]!.name)}/${word(unique.name)} - 1`;
    return `(${ratio(unique)}*(1 + ${size}*(1 - exp(-(${over})/${size}))))^${exponent}`;
  }
  const own = coordinates[feature.v]!;
  if (feature.kind === "offset") return `(${ratio(own)} + ${size})^${exponent}`;
  if (feature.kind === "saturating") return `(${ratio(own)}/(1 + ${ratio(own)}/${size}))^${exponent}`;
  if (feature.kind === "limited") {
    return `(${ratio(own)}/(1 + ${ratio(own)}/(${size}*${ratio(coordinates[feature.by]!)})))^${exponent}`;
  }
  if (feature.kind === "slow") return `(1 + ${size}*log(${word(own.name)}))^${exponent}`;
  return own.kind === "log" ? `(${ratio(own)})^${exponent}` : `exp(${exponent}*${coordinateText(own)})`;
}
