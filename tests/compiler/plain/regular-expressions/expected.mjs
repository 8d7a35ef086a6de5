export const BLANK = /[\t-!\x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000]/u;
export const WORD = /^[a-z]+$/u;
export const KEY = /^(\w+)=(\d)?/u;
export const LINK = /https?:\/\//gi;
export const CHOICE$all = /ab|cd/gu;
export const CHOICE$any = /ab|cd/u;

export function is_word(text) {
  return WORD.test(text);
}

export function key(text) {
  const found = KEY.exec(text);
  if (found === null || found[2] == null) {
    return text.replace(LINK, "$$");
  }
  return found[1] + found[2] + (text.match(CHOICE$all) ?? []).join("");
}

export function other(text) {
  if (!CHOICE$any.test(text)) {
    return text.split(CHOICE$all);
  }
  return [text.replace(LINK, (found) => found.toLowerCase())];
}

export function blank(text) {
  return BLANK.test(text);
}
