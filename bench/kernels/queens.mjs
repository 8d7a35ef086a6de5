// Queens by hand.

const SIZE = 6

export class Kernel {
  run(times) {
    let found = []
    for (let i = 0; i < times; i++) {
      found = []
      place(SIZE, [], new Set(), new Set(), new Set(), found)
    }
    return `${found.length} boards of ${SIZE}, the first [${found[0].join(', ')}]`
  }
}

function place(size, board, columns, rising, falling, found) {
  const row = board.length
  if (row === size) {
    found.push(board.slice())
    return
  }
  for (let column = 0; column < size; column++) {
    if (columns.has(column) || rising.has(row + column) || falling.has(row - column)) continue
    board.push(column)
    columns.add(column)
    rising.add(row + column)
    falling.add(row - column)
    place(size, board, columns, rising, falling, found)
    board.pop()
    columns.delete(column)
    rising.delete(row + column)
    falling.delete(row - column)
  }
}
