// A greeting by hand.

export class Kernel {
  run(times) {
    let said = ''
    for (let number = 0; number < times; number++) said = `Hello, world! This is greeting ${number}.`
    return said
  }
}
