// Options of the benches, refused by name where they make no sense.

export function wholeNumber(option, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new RangeError(`${option} is ${text}; it takes a whole number from 1 on`);
  return number;
}

export function knownOnly(option, text, known) {
  const chosen = text.split(",");
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new RangeError(`${option} has ${unknown.join(", ")}; it takes some of ${known.join(",")}`);
  return chosen;
}
