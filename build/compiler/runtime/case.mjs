// Letter case as Unicode's tables give it to CPython, where JavaScript has no function of its own.

// A capital sigma at the end of a word becomes another letter than elsewhere: asked of the whole text, then known letter by letter.
const FINAL_SIGMA = /(?<=\p{Cased}(?<!\p{Case_Ignorable})\p{Case_Ignorable}*)\u03a3(?!\p{Case_Ignorable}*(?!\p{Case_Ignorable})\p{Cased})/gu;

const withSigmas = (text) => text.replace(FINAL_SIGMA, "\u03c2");

// The four letters that stand for two have a third form; their three follow each other.
const pair = (code) => String.fromCharCode(code - ((code - 0x1c4) % 3) + 1);

// Upper case puts a whole iota behind some Greek letters, title case a small one below.
function withIota(char) {
  const large = char.toUpperCase();
  const small = large.replace(/(?<=.)\u0399$/u, "\u0345");
  return small.length === 2 ? small.normalize() : small;
}

/** One character in title case. */
function titled(char) {
  if (/[\u01c4-\u01cc\u01f1-\u01f3]/.test(char)) {
    return pair(char.charCodeAt(0));
  }
  if (/[\u1f80-\u1fff]/.test(char)) {
    return withIota(char);
  }
  if (/[\u10d0-\u10fa\u10fd-\u10ff]/.test(char)) {
    return char; // Georgian has capitals for whole words only
  }
  const [large, ...small] = char.toUpperCase(); // one ligature becomes two letters
  return char === "\u0149" ? "\u02bcN" : large + small.join("").toLowerCase();
}

/** text.capitalize(). */
export function capitalize(text) {
  const [first = "", ...rest] = withSigmas(text);
  return first === "" ? "" : titled(first) + lowered(rest);
}

/** text.title(): a word is what has case. */
export const title = (text) =>
  withSigmas(text).replace(/(\p{Cased})(\p{Cased}*)/gu, (_, first, rest) => titled(first) + lowered(rest));

// Letter by letter: which sigmas are final is known already.
const lowered = (text) => [...text].map((char) => char.toLowerCase()).join("");

/** text.casefold(): what is one letter in any case becomes the same; Cherokee is folded to its capitals. */
export const casefold = (text) =>
  [...text]
    .map((char) => {
      if (/[\u13f8-\u13fd\uab70-\uabbf]/.test(char)) {
        return char.toUpperCase();
      }
      return /[\u0131\u13a0-\u13f5]/.test(char) ? char : char.toLowerCase().toUpperCase().toLowerCase();
    })
    .join("");
