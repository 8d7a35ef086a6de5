// Reads a script on standard input and writes the variables in it as JSON: see locals.py.
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

const code = readFileSync(0, "utf8");
// swc counts bytes, and from where it likes: an empty statement in front says from where.
const { body } = parseSync(`;${code}`, { syntax: "ecmascript", target: "es2020" });
const base = body[0].span.end;

const scopes = [];
const variables = [];
const uses = [];

function scopeIn(parent, isFunction) {
  const scope = { parent, names: new Map(), reach: null, has: [] };
  scope.reach = isFunction ? scope : parent.reach;
  scopes.push(scope);
  return scope;
}

function declare(scope, { value }, isFixed = false) {
  if (!scope.names.has(value)) {
    const variable = { name: value, places: [], near: new Set(), free: new Set(), depth: depthOf(scope), isFixed: false };
    scope.names.set(value, variable);
    scope.has.push(variable);
    variables.push(variable);
  }
  // One word for two things, or for a variable of a block and one of its function.
  if (isFixed) scope.names.get(value).isFixed = true;
}

const depthOf = (scope) => (scope.parent === null ? 0 : depthOf(scope.parent) + 1);

function pattern(scope, node) {
  if (!node) return;
  if (node.type === "Identifier") declare(scope, node);
  else if (node.type === "AssignmentPatternProperty") declare(scope, node.key, true);
  else for (const part of partsOf(node)) pattern(scope, part);
}

/** What a pattern or a parameter declares something with: not its defaults. */
function partsOf(node) {
  const { type } = node;
  if (type === "Parameter") return [node.pat];
  if (type === "ArrayPattern") return node.elements;
  if (type === "ObjectPattern") return node.properties;
  if (type === "KeyValuePatternProperty") return [node.value];
  if (type === "AssignmentPattern") return [node.left];
  if (type === "RestElement") return [node.argument];
  throw new Error(`a pattern that is not known: ${type}`);
}

/** What the statements of a block declare, where they stand. */
function hoist(scope, statements) {
  for (const node of statements) {
    if (node.type === "ClassDeclaration") declare(scope, node.identifier);
    // In a block it is the function's too, for scripts that are not strict.
    if (node.type === "FunctionDeclaration") declare(scope.reach, node.identifier, scope !== scope.reach);
    if (node.type === "VariableDeclaration") {
      const home = node.kind === "var" ? scope.reach : scope;
      node.declarations.forEach(({ id }) => pattern(home, id));
    }
  }
}

const KEYS = { MemberExpression: "property", SuperPropExpression: "property", LabeledStatement: "label", BreakStatement: "label", ContinueStatement: "label" };
const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "Constructor", "MethodProperty", "SetterProperty", "GetterProperty"];

function walk(node, scope) {
  if (Array.isArray(node)) {
    node.forEach((one) => walk(one, scope));
    return;
  }
  if (!node || typeof node !== "object") return;
  const { type } = node;
  if (type === "Identifier") {
    uses.push([node, scope]);
  } else if (FUNCTIONS.includes(type)) {
    if (node.key?.type === "Computed") walk(node.key, scope);
    let around = scope;
    if (node.identifier) {
      if (type === "FunctionExpression") declare((around = scopeIn(scope, false)), node.identifier);
      walk(node.identifier, around);
    }
    enter(node.params ?? (node.param ? [node.param] : []), node.body, around);
  } else if (type === "ClassMethod") {
    if (node.key.type === "Computed") walk(node.key, scope);
    enter(node.function.params, node.function.body, scope);
  } else if (type === "ClassDeclaration" || type === "ClassExpression") {
    let around = scope;
    if (type === "ClassExpression" && node.identifier) declare((around = scopeIn(scope, false)), node.identifier);
    walk([node.identifier, node.superClass, node.body], around);
  } else if (type === "ClassProperty" || type === "KeyValueProperty" || type === "KeyValuePatternProperty") {
    if (node.key.type === "Computed") walk(node.key, scope);
    walk(node.value, scope);
  } else if (type === "AssignmentPatternProperty") {
    uses.push([node.key, scope, true]);
    walk(node.value, scope);
  } else if (type === "ObjectExpression") {
    for (const one of node.properties) one.type === "Identifier" ? uses.push([one, scope, true]) : walk(one, scope);
  } else if (type === "BlockStatement") {
    const block = scopeIn(scope, false);
    hoist(block, node.stmts);
    walk(node.stmts, block);
  } else if (/^For/.test(type)) {
    const block = scopeIn(scope, false);
    const first = node.init ?? node.left;
    if (first?.type === "VariableDeclaration") hoist(block, [first]);
    walk([first, node.right, node.test, node.update, node.body], block);
  } else if (type === "SwitchStatement") {
    walk(node.discriminant, scope);
    const block = scopeIn(scope, false);
    node.cases.forEach(({ consequent }) => hoist(block, consequent));
    walk(node.cases, block);
  } else if (type === "CatchClause") {
    const block = scopeIn(scope, false);
    pattern(block, node.param);
    walk(node.param, block);
    hoist(block, node.body.stmts);
    walk(node.body.stmts, block);
  } else {
    for (const [key, value] of Object.entries(node)) {
      if (key !== "span" && (key !== KEYS[type] || value?.type === "Computed")) walk(value, scope);
    }
  }
}

function enter(params, body, scope) {
  const inner = scopeIn(scope, true);
  params.forEach((one) => pattern(inner, one));
  walk(params, inner);
  if (body?.stmts) {
    hoist(inner, body.stmts);
    walk(body.stmts, inner);
  } else {
    walk(body, inner);
  }
}

const program = { parent: null, names: new Map(), has: [] };
program.reach = program;
scopes.push(program);
hoist(program, body);
walk(body, program);

for (const [node, from, isFixed] of uses) {
  const passed = [];
  let scope = from;
  for (; scope !== null && !scope.names.has(node.value); scope = scope.parent) passed.push(scope);
  const found = scope?.names.get(node.value);
  // In every scope on the way the name would be taken for another one.
  for (const one of passed) found ? (one.seen ??= new Set()).add(found) : (one.foreign ??= new Set()).add(node.value);
  found?.places.push(node.span.start - base);
  if (found && isFixed) found.isFixed = true;
}

variables.forEach((one, index) => (one.index = index));
for (const scope of scopes) {
  const seen = [...(scope.seen ?? [])];
  for (const one of scope.has) {
    for (const name of scope.foreign ?? []) one.free.add(name);
    for (const other of [...scope.has, ...seen]) {
      if (other !== one) {
        one.near.add(other.index);
        other.near.add(one.index);
      }
    }
  }
}
// At the top is the one function that a script of esbuild's consists of.
const made = variables.map(({ name, places, near, free, depth, isFixed }) => ({
  name,
  places: places.sort((a, b) => a - b),
  near: [...near],
  foreign: [...free],
  is_own: depth > 1 && !isFixed && name.length === 1,
  is_top: depth === 1 && !isFixed,
}));
process.stdout.write(JSON.stringify(made));
