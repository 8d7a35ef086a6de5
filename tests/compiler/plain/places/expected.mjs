export const NAMES = new Map([["one", 1]]);

export function f(xs, rows, maybe, d, n) {
  let total = at(xs, n) + at(at(rows, 0), n);
  for (let i = 0; i < n; i++) {
    total += ((rows[i] ?? outOfRange())[0] ?? outOfRange()) + (xs[xs.length - 1] ?? outOfRange());
    xs[placeFor(n, xs.length)] = i;
    const value = getItem(d, "a");
    xs[placeFor(i + n, xs.length)] = value;
    {
      const place = placeIn(n, xs.length);
      xs[place] = xs[place] + i;
    }
    xs[i] = (xs[i] ?? outOfRange()) * 2;
    const value2 = at(maybe, -1);
    maybe[placeFor(n, maybe.length)] = value2;
  }
  while ((xs[0] ?? outOfRange()) > 3) {
    setAt(xs, 0, 3);
  }
  setAt(xs, n, 4);
  return total;
}
