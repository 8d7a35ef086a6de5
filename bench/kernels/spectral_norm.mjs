// The largest eigenvalue of an endless matrix by hand.

const SIZE = 24
const ROUNDS = 2

export class Kernel {
  run(times) {
    let found = 0
    for (let i = 0; i < times; i++) found = spectralNorm(SIZE)
    return `the norm is ${found.toFixed(12)}`
  }
}

const item = (i, j) => 1 / (((i + j) * (i + j + 1)) / 2 + i + 1)

function timesMatrix(vector) {
  const result = []
  for (let i = 0; i < vector.length; i++) {
    let total = 0
    for (let j = 0; j < vector.length; j++) total += item(i, j) * vector[j]
    result.push(total)
  }
  return result
}

function timesTurned(vector) {
  const result = []
  for (let i = 0; i < vector.length; i++) {
    let total = 0
    for (let j = 0; j < vector.length; j++) total += item(j, i) * vector[j]
    result.push(total)
  }
  return result
}

function spectralNorm(size) {
  let one = new Array(size).fill(1)
  let other = one
  for (let i = 0; i < ROUNDS; i++) {
    other = timesTurned(timesMatrix(one))
    one = timesTurned(timesMatrix(other))
  }
  let both = 0
  let square = 0
  for (let i = 0; i < size; i++) {
    both += one[i] * other[i]
    square += other[i] * other[i]
  }
  return Math.sqrt(both / square)
}
