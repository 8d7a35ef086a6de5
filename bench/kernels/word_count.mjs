// The words of a text by hand.

const LINES = 40
const WORDS = 'the quick brown fox jumps over the lazy dog while the other dog sleeps'.split(' ')

export class Kernel {
  text = Array.from({ length: LINES }, (_, number) =>
    [...WORDS.slice(number % 7), `line${number % 5}`, ...WORDS.slice(0, number % 7)]
      .map((word) => word[0].toUpperCase() + word.slice(1))
      .join(' '),
  ).join('\n')

  run(times) {
    let shown = ''
    for (let i = 0; i < times; i++) {
      shown = countWords(this.text)
        .slice(0, 5)
        .map(([word, count]) => `${word} ${count}`)
        .join(', ')
    }
    return shown
  }
}

function countWords(text) {
  const counts = new Map()
  for (const line of text.split('\n')) {
    for (const word of line.toLowerCase().split(/\s+/)) {
      if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return [...counts].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : one > other ? 1 : 0))
}
