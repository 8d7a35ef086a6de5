// Reads files of JavaScript on standard input and writes what thin.py asks of them, as JSON.
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

function* nodesBelow(node) {
  if (node?.type) yield node;
  for (const part of Object.values(node ?? {})) {
    if (typeof part === "object") yield* nodesBelow(part);
  }
}

const isText = ({ type }) => type === "StringLiteral" || type === "TemplateLiteral";

/** The text that is all that `throw new SomeError(...)` is given. */
function words({ type, argument }) {
  const given = type === "ThrowStatement" && argument.type === "NewExpression" ? (argument.arguments ?? []) : [];
  return given.length === 1 && isText(given[0].expression) ? [given[0].expression.span] : [];
}

function told(text) {
  // swc counts bytes, and from where it likes: an empty statement in front says from where.
  const { body } = parseSync(`;${text}`, { syntax: "ecmascript", target: "es2020" });
  const nodes = [...nodesBelow(body)];
  const places = (spans) => spans.map(({ start, end }) => [start - body[0].span.end, end - body[0].span.end]);
  return {
    words: places(nodes.flatMap(words)),
    names: places(nodes.filter(({ kind, key }) => kind === "getter" && key.value === "__name__").map(({ span }) => span)),
    tested: nodes.filter(({ operator }) => operator === "instanceof").map(({ right }) => right.value),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(told)));
