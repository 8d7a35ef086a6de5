// itertools.chain.

/** One iterable after the other. */
export function* chained(sources) {
  for (const source of sources) {
    yield* source;
  }
}
