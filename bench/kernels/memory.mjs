// What a page keeps of a long conversation of one author: heap in bytes after every so many events, as JSON on stdout. The
// first figure is before any event. `mine` is 1 for the author's own page.
//
// usage: node --expose-gc hand/memory.mjs events each mine

import { Authors, Copy } from '../bench/kernels/long_log.mjs'

const [events, each, mine] = process.argv.slice(2).map(Number)
const NEWS = 10 // events that come together

const heap = () => {
  gc()
  return process.memoryUsage().heapUsed
}

const authors = new Authors(1)
const copy = new Copy(mine === 1 ? 0 : -1)
const found = [heap()]
for (let number = 0; number < events; number += NEWS) {
  const news = Array.from({ length: NEWS }, (_, more) => authors.say(number + more, 0, number + more + 1))
  copy.hear(news, 0)
  if ((number + NEWS) % each === 0) found.push(heap())
}
if (copy.log.count() > events || copy.fold.view.lines.length === 0) throw new Error('nothing was taken')
process.stdout.write(JSON.stringify(found))
