export function f(n, d) {
  let total = 0;
  for (let i = 0; i < n; i++) {
    total += i;
  }
  for (const [key, value] of d) {
    if (value === 0) {
      continue;
    }
    total -= value;
  }
  while (total > 100) {
    total = Math.floor(total / 2);
  }
  return total;
}
