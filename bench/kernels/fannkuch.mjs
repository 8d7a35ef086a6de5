// Pancakes by hand.

const SIZE = 6

export class Kernel {
  run(times) {
    let found = [0, 0]
    for (let i = 0; i < times; i++) found = fannkuch(SIZE)
    return `checksum ${found[0]}, most turns ${found[1]}`
  }
}

function fannkuch(size) {
  const order = Array.from({ length: size }, (_, i) => i)
  const counts = new Array(size).fill(0)
  let checksum = 0
  let most = 0
  let turn = 0
  let left = size
  for (;;) {
    for (; left > 1; left--) counts[left - 1] = left
    const stack = order.slice()
    let flips = 0
    for (let first = stack[0]; first !== 0; first = stack[0]) {
      for (let low = 0, high = first; low < high; low++, high--) {
        const kept = stack[low]
        stack[low] = stack[high]
        stack[high] = kept
      }
      flips++
    }
    if (flips > most) most = flips
    checksum += turn % 2 === 0 ? flips : -flips
    for (;;) {
      if (left === size) return [checksum, most]
      const bottom = order[0]
      for (let i = 0; i < left; i++) order[i] = order[i + 1]
      order[left] = bottom
      counts[left]--
      if (counts[left] > 0) break
      left++
    }
    turn++
  }
}
