export const WORD = 0xffffffff;

export function f(w, n) {
  let a = (at(w, 0) & WORD) >>> 0;
  let b = (a ^ WORD) >>> 0;
  let c = (n & WORD) >>> 0;
  for (let i = 0, stop = n; i < stop; i++) {
    const s = (a >>> 6 | a << 26 & WORD) >>> 0;
    b = c;
    c = (a & b ^ s) >>> 0;
    a = (c + (w[i] ?? outOfRange()) & WORD) >>> 0;
    n = a;
  }
  return bitXor(b >>> 3, n);
}
