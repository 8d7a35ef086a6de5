// As much of a page as the diff touches, and as cheap as can be: siblings are a linked list.

class Node {
  parent = null
  next = null
  previous = null
  first = null
  last = null
  isConnected = true

  get firstChild() {
    return this.first
  }

  get nextSibling() {
    return this.next
  }

  appendChild(child) {
    return this.insertBefore(child, null)
  }

  insertBefore(child, before) {
    child.remove()
    child.parent = this
    child.next = before
    child.previous = before === null ? this.last : before.previous
    if (child.previous === null) this.first = child
    else child.previous.next = child
    if (before === null) this.last = child
    else before.previous = child
    return child
  }

  remove() {
    if (this.parent === null) return
    if (this.previous === null) this.parent.first = this.next
    else this.previous.next = this.next
    if (this.next === null) this.parent.last = this.previous
    else this.next.previous = this.previous
    this.parent = this.next = this.previous = null
  }
}

class Text extends Node {
  constructor(data) {
    super()
    this.data = data
  }

  get textContent() {
    return this.data
  }
}

class Element extends Node {
  attributes = new Map()

  constructor(tagName) {
    super()
    this.tagName = tagName
  }

  setAttribute(name, value) {
    this.attributes.set(name, value)
  }

  removeAttribute(name) {
    this.attributes.delete(name)
  }

  addEventListener() {}

  getRootNode() {
    return globalThis.document
  }

  contains() {
    return false
  }

  get textContent() {
    let text = ''
    for (let child = this.first; child !== null; child = child.next) text += child.textContent
    return this.attributes.size > 0 ? `<${[...this.attributes.values()].join(' ')}>${text}` : text
  }
}

// The functions as the prototype has them: the widget calls them there.
class Document {
  activeElement = null

  createElement(tag) {
    return new Element(tag)
  }

  createElementNS(space, tag) {
    return new Element(tag)
  }

  createTextNode(data) {
    return new Text(data)
  }
}

globalThis.Text = Text
globalThis.Document = Document
globalThis.document = new Document()
