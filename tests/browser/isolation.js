// What a page can hand down to the chat: every property that this browser inherits, each with a value that is not
// the initial one. `leaks` tells what of it reaches the chat.

const VALUES = [
  'red', '9px', '3', 'hidden', 'none', 'auto', 'italic', 'center', 'right', 'rtl', 'always', 'all', 'break-all',
  'nowrap', 'pre', 'monospace', '900', 'small-caps', '1px 1px red', '"x" "y"', '"x"', '50%', 'uppercase', 'vertical-rl',
  'inside', 'square', 'collapse', 'hide', 'wait', 'loose', 'balance', 'anywhere', 'dark', 'painted', 'bevel', 'round',
  'evenodd', 'linearrgb', 'crispedges', 'optimizelegibility', 'optimizespeed', 'geometricprecision', 'exact', 'under',
  'over', 'left', 'end', 'filled', 'manual', 'normal', 'pixelated', 'crisp-edges', 'stroke', '"smcp" 1', '"wght" 700',
  'unicase', 'slashed-zero', 'sub', 'historical-forms', 'ordinal', 'jis78', 'swash(x)', 'emoji', 'oblique', 'expanded',
  '0.5', 'upright', 'from-image', 'flip', 'middle', 'text-after-edge', 'preserve', 'first', 'between', 'alternate',
  'read-write', 'inert', 'url("#x")', 'from-font', 'antialiased', 'grayscale', 'compact', 'no-autospace', 'sideways',
  'each-line', 'inter-character', 'break-word', 'condensed', 'ideographic', 'objects', 'spell-out', 'table', 'light',
  'red blue', 'thin', 'element', 'text', 'contain', 'white', 'strict', 'break-spaces', 'allow-end', 'trim-start',
  'ex-height 0.5', 'start', 'bounding-box', 'invert-colors', 'preserve-parent-color',
  '4 2 2', '9px 9px', 'cap', 'ex', '1.5', 'force-end', 'discard', 'dot', 'circle', 'under right', 'from-font under',
  'horizontal', 'stable', 'no-preference', 'jump-none', 'skip', 'ink', 'edges', 'cjk', 'no-limit',
]
// A page decides these: its direction is the chat's, what it hides holds a chat that nobody sees, what can be edited
// holds a chat that can be.
const KEPT = ['direction', 'visibility', '-webkit-user-modify']

const styleOf = (element, name, pseudo) => getComputedStyle(element, pseudo).getPropertyValue(name)

/** {property: value}, found by trying: what a parent has, its child has too. Nothing is laid out meanwhile. */
function inherited() {
  const outer = document.createElement('div'), parent = document.createElement('div')
  const child = document.createElement('div')
  outer.style.display = 'none'
  parent.append(child)
  outer.append(parent)
  document.body.append(outer)
  const found = {}
  for (const name of [...getComputedStyle(child)].filter((each) => !each.startsWith('--'))) {
    const plain = styleOf(child, name)
    found[name] = VALUES.find((value) => {
      parent.removeAttribute('style')
      if (!CSS.supports(name, value)) return false
      parent.style.setProperty(name, value)
      return styleOf(child, name) !== plain && styleOf(child, name) === styleOf(parent, name)
    })
    parent.removeAttribute('style')
  }
  outer.remove()
  return Object.fromEntries(Object.entries(found).filter(([name, value]) => value !== undefined && !KEPT.includes(name)))
}

/** The computed style of everything in the chat; of its generated boxes and of selected text the main part. */
function looks(chat) {
  const found = {}
  for (const [index, element] of [chat, ...chat.querySelectorAll('*')].entries()) {
    const label = `${index} ${element.tagName} ${element.className.baseVal ?? element.className}`
    for (const name of getComputedStyle(element)) found[`${label} ${name}`] = styleOf(element, name)
    for (const pseudo of ['::before', '::after', '::placeholder', '::selection'])
      for (const name of ['background-color', 'color', 'content', 'font-size'])
        found[`${label} ${pseudo} ${name}`] = styleOf(element, name, pseudo)
  }
  return found
}

/** What of `styles` changes the looks of the chat. */
function leaks(chat, styles) {
  const before = looks(chat)
  const sheet = document.createElement('style')
  sheet.textContent = styles
  document.head.append(sheet)
  const after = looks(chat)
  sheet.remove()
  return Object.keys(before).filter((name) => after[name] !== before[name])
    .map((name) => `${name}: ${before[name]} -> ${after[name]}`)
}

/** Styles that set the properties on everything around the chat. */
const handDown = (properties) =>
  `html, body, #place, #chat { ${Object.entries(properties).map(([name, value]) => `${name}: ${value} !important`).join('; ')} }`
