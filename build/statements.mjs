// Reads a script on standard input and writes its top-level statements as JSON: see statements.py.
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

const LITERALS = ["StringLiteral", "NumericLiteral", "BooleanLiteral", "NullLiteral", "RegExpLiteral"];
const FUNCTIONS = ["ArrowFunctionExpression", "FunctionExpression"];
// A hoisted function is where the program begins wherever it stands.
const DECLARATIONS = ["FunctionDeclaration", "ClassDeclaration"];

const bare = (node) => (node?.type === "ParenthesisExpression" ? bare(node.expression) : node);

// Static members and computed names are evaluated with the class; what is extended is only named.
const isPlainMember = ({ type, isStatic, key }) =>
  type === "Constructor" || (type === "ClassMethod" && !isStatic && key.type !== "Computed");
const membersOf = (body) => body.filter(({ type }) => type !== "EmptyStatement");
const isPlainClass = ({ superClass, body }) =>
  (!superClass || superClass.type === "Identifier") && membersOf(body).every(isPlainMember);

const isInert = (value) =>
  !value || [...LITERALS, ...FUNCTIONS].includes(value.type) || (value.type === "ClassExpression" && isPlainClass(value));

// "use strict" stays where it is: no statement begins before it.
const isNone = ({ type, expression }) =>
  type === "EmptyStatement" || (type === "ExpressionStatement" && expression.type === "StringLiteral");

const declarations = (node) => (node.type === "VariableDeclaration" ? node.declarations : []);

function declared(node) {
  if (DECLARATIONS.includes(node.type)) return [node.identifier.value, node];
  const [first, ...more] = declarations(node);
  return first?.id.type === "Identifier" && more.length === 0 ? [first.id.value, bare(first.init)] : ["", null];
}

// Of two members with one name the last may hide the first.
const haveOrder = (members) => members.length < 2 || new Set(members.map(({ key }) => key.value)).size < members.length;

function told(node, base) {
  const [name, value] = declared(node);
  const isClass = /^Class/.test(value?.type);
  const isStill = name !== "" && (node === value ? !isClass || isPlainClass(value) : isInert(value));
  const members = isClass && isStill ? membersOf(value.body) : [];
  return {
    name,
    others: name === "" ? declarations(node).map(({ id }) => id.value ?? "") : [],
    start: node.span.start - base,
    end: node.span.end - base,
    base: isClass ? (value.superClass?.value ?? "") : "",
    is_class: isClass,
    is_inert: isStill,
    members: (haveOrder(members) ? [] : members).map(({ span }) => [span.start - base, span.end - base]),
  };
}

const code = readFileSync(0, "utf8");
// swc counts bytes, and from where it likes: an empty statement in front says from where.
const { body } = parseSync(`;${code}`, { syntax: "ecmascript", target: "es2020" });
const [empty, ...statements] = body;
const inside = statements.length === 1 && bare(statements[0].expression?.callee)?.body?.stmts;
const found = (inside || statements).filter((node) => !isNone(node));
process.stdout.write(JSON.stringify(found.map((node) => told(node, empty.span.end))));
