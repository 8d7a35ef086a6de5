// The view diff by hand: the same picture, patched by key, with the same rules for ids, addresses and live values. It
// leaves out what ours does around a drawing: the reader's place in a scrolled list and the focus are not kept.

import './page.mjs'

const ROWS = 60
const SVG = 'http://www.w3.org/2000/svg'
const SVG_TAGS = new Set(['svg', 'path', 'circle'])
const OWN = new Set(['autofocus', 'data-jump'])
const WITH_PREFIX = new Set(['id', 'for', 'aria-describedby'])
const ADDRESSES = new Set(['href', 'src'])

const fits = (old, node) => old.tag === node.tag && old.key === node.key

function safe(address) {
  try {
    return ['http:', 'https:'].includes(new URL(address).protocol)
  } catch {
    return false
  }
}

class Dom {
  top = null

  constructor(root, view, prefix) {
    this.root = root
    this.view = view
    this.prefix = prefix
  }

  draw() {
    const node = this.view()
    if (this.top === null) {
      this.top = this.create(node)
      this.root.appendChild(this.top.element)
    } else {
      this.patch(this.top, node)
    }
  }

  create(node) {
    const drawn = { node, element: null, children: [], heard: new Set() }
    if (node.tag === '') {
      drawn.element = document.createTextNode(node.text)
      return drawn
    }
    drawn.element = SVG_TAGS.has(node.tag) ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag)
    for (const name in node.attrs) this.set(drawn, name, node.attrs[name])
    this.listen(drawn)
    for (const child of node.children) {
      const made = this.create(child)
      drawn.children.push(made)
      drawn.element.appendChild(made.element)
    }
    return drawn
  }

  patch(drawn, node) {
    const old = drawn.node
    if (old === node) return
    drawn.node = node
    if (node.tag === '') {
      if (old.text !== node.text) drawn.element.data = node.text
      return
    }
    for (const name in node.attrs) {
      if (name === 'value' || old.attrs[name] !== node.attrs[name]) this.set(drawn, name, node.attrs[name])
    }
    for (const name in old.attrs) {
      if (!(name in node.attrs)) this.unset(drawn, name)
    }
    this.listen(drawn)
    this.patchChildren(drawn, node.children)
  }

  patchChildren(drawn, nodes) {
    const standing = drawn.children
    let same = 0
    while (same < standing.length && same < nodes.length && fits(standing[same].node, nodes[same])) {
      this.patch(standing[same], nodes[same])
      same++
    }
    if (same === standing.length) {
      for (const node of nodes.slice(same)) {
        const made = this.create(node)
        standing.push(made)
        drawn.element.appendChild(made.element)
      }
      return
    }
    const keyed = new Map()
    const plain = []
    for (const child of standing.slice(same)) {
      if (child.node.key === '') plain.push(child)
      else keyed.set(child.node.key, child)
    }
    const taken = new Set()
    const children = nodes.slice(same).map((node) => {
      let found = node.key === '' ? plain.find((child) => !taken.has(child) && child.node.tag === node.tag) : keyed.get(node.key)
      if (found === undefined || taken.has(found) || !fits(found.node, node)) return this.create(node)
      taken.add(found)
      this.patch(found, node)
      return found
    })
    const kept = []
    for (const child of standing.slice(same)) {
      if (taken.has(child)) kept.push(child)
      else child.element.remove()
    }
    this.order(drawn.element, kept, children)
    drawn.children = [...standing.slice(0, same), ...children]
  }

  order(parent, standing, children) {
    const known = new Set(standing)
    const moved = new Set()
    let at = 0
    for (const child of children) {
      while (at < standing.length && moved.has(standing[at])) at++
      if (standing[at] === child) {
        at++
        continue
      }
      parent.insertBefore(child.element, at < standing.length ? standing[at].element : null)
      if (known.has(child)) moved.add(child)
    }
  }

  set(drawn, name, value) {
    const { element } = drawn
    if (name === 'value') {
      if (element.value !== value) element.value = value
    } else if (name === 'checked') element.checked = true
    else if (ADDRESSES.has(name)) {
      if (safe(value)) element.setAttribute(name, value)
    } else if (OWN.has(name)) return
    else if (WITH_PREFIX.has(name)) element.setAttribute(name, `${this.prefix}-${value}`)
    else element.setAttribute(name, value)
  }

  unset(drawn, name) {
    if (name === 'checked') drawn.element.checked = false
    else if (!OWN.has(name)) drawn.element.removeAttribute(name)
  }

  listen(drawn) {
    for (const name in drawn.node.on) {
      if (drawn.heard.has(name)) continue
      drawn.heard.add(name)
      drawn.element.addEventListener(name, (event) => drawn.node.on[name]?.(event))
    }
  }
}

const text = (content) => ({ tag: '', key: '', text: content, attrs: {}, on: {}, children: [] })
const h = (tag, attrs, children, on = {}, key = '') => ({ tag, key, text: '', attrs, on, children })
const onEvent = () => {}

export class Kernel {
  run(times) {
    this.number = 0
    this.rows = new Map()
    const root = document.createElement('main')
    const dom = new Dom(root, () => this.view(), 'cw-1')
    dom.draw()
    for (let i = 0; i < times; i++) {
      this.number++
      dom.draw()
    }
    return `${this.number} ${root.textContent}`
  }

  view() {
    const { number } = this
    const rows = new Map()
    for (let place = Math.floor(number / 10) * 10; place < number + ROWS; place++) rows.set(place, this.row(place))
    this.rows = rows
    const attrs = { class: 'cw-log', role: 'log', 'aria-live': number % 2 === 0 ? 'polite' : 'off' }
    const log = h('div', attrs, [...rows.values()], { scroll: onEvent }, 'log')
    const people = turned(Math.floor(number / 5)).map((place) => h('li', { class: 'cw-person' }, [text(`Person ${place}`)], {}, `person-${place}`))
    const status = h('p', { class: 'cw-status' }, [text(`${number} messages`)])
    const button = h('button', { class: 'cw-button', type: 'button' }, [text('Send')], { click: onEvent })
    return h('div', { class: 'cw-chat' }, [status, h('ul', {}, people), log, h('div', { class: 'cw-foot' }, [button])], {}, 'chat')
  }

  row(place) {
    const known = this.rows.get(place)
    if (known !== undefined && place < this.number + ROWS - 2) return known
    const newest = place === this.number + ROWS - 1
    const head = h('p', { class: 'cw-head' }, [h('bdi', {}, [text(`Person ${place % 5}`)])])
    const mark = h('span', { class: 'cw-mark', title: newest ? 'on its way' : 'sent' }, [])
    const bubble = h('p', { class: 'cw-bubble', dir: 'auto' }, [h('span', {}, [text(`message ${place}`)]), mark])
    return h('article', { class: newest ? 'cw-message cw-last' : 'cw-message' }, [head, bubble], {}, `message-${place}`)
  }
}

function turned(by) {
  const places = []
  for (let place = 0; place < 10; place++) {
    if ((place + by) % 3 !== by % 3) places.push((place + by) % 10)
  }
  return places
}
