// What a script asks of the browser, as JSON on standard output: node used.mjs <folder of node_modules> <script>
//
// globals: free names, and members of globalThis; paths: dotted chains that begin with one; members: every name behind
// a dot, in a pattern or before `in`; ours: names that the script itself gives to methods, fields and object literals;
// texts: string constants; patterns: regular expressions, [source, flags].

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , folder, script] = process.argv;
const require = createRequire(`${folder}/`);
const { parse } = require("acorn");

const globals = new Set();
const paths = new Set();
const members = new Set();
const ours = new Set();
const texts = new Set();
const patterns = [];

const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
const isNode = (value) => value !== null && typeof value === "object" && typeof value.type === "string";
const parts = (node) => Object.values(node).flat().filter(isNode);

/** Names that a pattern binds. */
function bound(pattern) {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((part) => bound(part.value ?? part.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap((part) => (part === null ? [] : bound(part)));
    case "AssignmentPattern":
      return bound(pattern.left);
    case "RestElement":
      return bound(pattern.argument);
    default:
      return [];
  }
}

/** Names declared in a function or block; blocks are read as loosely as `var`, which hides no global that is used. */
function declared(node, names = new Set()) {
  for (const part of parts(node)) {
    if (part.type === "VariableDeclarator") bound(part.id).forEach((name) => names.add(name));
    if (part.type === "ClassDeclaration" || part.type === "FunctionDeclaration") names.add(part.id.name);
    if (part.type === "CatchClause") bound(part.param).forEach((name) => names.add(name));
    if (part.type === "ImportDeclaration") part.specifiers.forEach((each) => names.add(each.local.name));
    if (!FUNCTIONS.includes(part.type)) declared(part, names);
  }
  return names;
}

const nameOf = (key, computed) => (!computed && key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : null);

/** "Object.freeze" of a chain of names that begins with a global, else null; `globalThis.` is left out. */
function chain(node, known) {
  if (node.type === "Identifier") return known.some((names) => names.has(node.name)) ? null : node.name;
  if (node.type !== "MemberExpression") return null;
  const before = chain(node.object, known);
  const name = nameOf(node.property, node.computed);
  if (before === null || name === null) return null;
  return before === "globalThis" ? name : `${before}.${name}`;
}

function visit(node, known) {
  let scope = known;
  if (FUNCTIONS.includes(node.type)) {
    const names = declared(node);
    node.params.flatMap(bound).forEach((name) => names.add(name));
    if (node.id) names.add(node.id.name);
    if (node.type !== "ArrowFunctionExpression") names.add("arguments");
    scope = [...known, names];
  }
  if (node.type === "ClassExpression" && node.id) scope = [...known, new Set([node.id.name])];
  read(node, scope);
  for (const [role, value] of Object.entries(node)) {
    const isKey = (role === "key" || role === "property") && !node.computed && !(role === "key" && node.shorthand);
    const isLabel = role === "label" || (role === "id" && !isNode(node.superClass));
    for (const part of [value].flat().filter(isNode)) {
      if (!(isKey || isLabel) || part.type !== "Identifier") visit(part, scope);
    }
  }
}

function read(node, known) {
  switch (node.type) {
    case "Identifier":
      if (node.name !== "globalThis" && !known.some((names) => names.has(node.name))) globals.add(node.name);
      break;
    case "MemberExpression": {
      const name = nameOf(node.property, node.computed);
      if (name !== null) members.add(name);
      const path = chain(node, known);
      if (path !== null) (path.includes(".") ? paths : globals).add(path);
      break;
    }
    case "MethodDefinition":
    case "PropertyDefinition":
      ours.add(nameOf(node.key, node.computed));
      break;
    case "ObjectExpression":
      node.properties.filter((part) => part.type === "Property").forEach((part) => ours.add(nameOf(part.key, part.computed)));
      break;
    case "ObjectPattern":
      node.properties.filter((part) => part.type === "Property").forEach((part) => members.add(nameOf(part.key, part.computed)));
      break;
    case "AssignmentExpression":
      if (node.left.type === "MemberExpression" && node.left.object.type === "ThisExpression") ours.add(nameOf(node.left.property, false));
      break;
    case "BinaryExpression":
      if (node.operator === "in" && node.left.type === "Literal") members.add(node.left.value);
      break;
    case "TemplateElement":
      texts.add(node.value.cooked);
      break;
    case "Literal":
      if (node.regex) patterns.push([node.regex.pattern, node.regex.flags]);
      else if (typeof node.value === "string") texts.add(node.value);
  }
}

const tree = parse(readFileSync(script, "utf8"), { ecmaVersion: 2020, sourceType: "module" });
visit(tree, [declared(tree)]);
const list = (set) => [...set].filter((name) => name !== null).sort();
const found = { globals: list(globals), paths: list(paths), members: list(members), ours: list(ours), texts: list(texts), patterns };
process.stdout.write(JSON.stringify(found));
