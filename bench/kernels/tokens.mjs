// The tokenisers by hand, as one writes them in JavaScript: with regular expressions. The same rules; lengths are counted in
// UTF-16 units, not in code points.

const LINES = [
  'Good morning everybody, did you all sleep well?',
  'Have a look at https://example.org/a/long/path?with=query#part, it explains most of it.',
  'catJAM catJAM so good :catJAM: peepoHappy',
  '@Ada could you ask @Ben whether http://user@example.org is safe? I think not.',
  'Grüße aus Köln, hier regnet es seit Tagen ☔ und der Zug hat Verspätung 🙂',
  'ok',
  'The second half of the stream starts at nine;\nuntil then there is music, and then questions (up to thirty).',
  'monkaS (https://example.org/wiki/Owl_(bird)) KEKW',
]
const MARK = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g
const PIECES = /[ \n\t]+|[^ \n\t]+/g
const LINK = /^https?:\/\//i
const TRAILING = /[.,;:!?)\]}'"*_]+$/
const HOST = /^[a-z0-9-][a-z0-9.-]*(:[0-9]{0,5})?$/
const HIDDEN = /[\0-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/

function parseEmotes(content, emotes) {
  const names = new Map(emotes.map((emote) => [emote.name, emote.id]))
  const ids = new Set()
  const words = content.split(' ').map((word) => {
    const name = word.length > 2 && word.startsWith(':') && word.endsWith(':') ? word.slice(1, -1) : word
    const id = names.get(name)
    if (id === undefined) return word
    if (ids.size < 40) ids.add(id)
    return `:${name}:`
  })
  return { parsed: words.join(' '), emoteIds: [...ids] }
}

function tokenize(content, emotes, names) {
  const tokens = []
  let plain = ''
  const left = { link: 20, emote: 40 }
  const push = (kind, text) => {
    if (plain !== '') tokens.push({ kind: 'text', text: plain })
    tokens.push({ kind, text })
    left[kind] -= 1
    plain = ''
  }
  for (const piece of withoutPiles(content).match(PIECES) ?? []) {
    const link = left.link > 0 ? linkIn(piece) : ''
    if (link !== '') {
      push('link', link)
      plain = piece.slice(link.length)
    } else if (emotes.includes(piece) && left.emote > 0) {
      push('emote', piece)
    } else if (piece.startsWith('@')) {
      const name = mentionIn(piece, names)
      if (name !== '') push('mention', name)
      plain += piece.slice(name.length)
    } else {
      plain += piece
    }
  }
  if (plain !== '') tokens.push({ kind: 'text', text: plain })
  return tokens
}

function withoutPiles(content) {
  let marks = 0
  return content.replace(MARK, (mark) => (++marks > 60 ? '' : mark))
}

function linkIn(piece) {
  if (!LINK.test(piece)) return ''
  const link = piece.replace(TRAILING, '')
  const host = link.slice(link.indexOf('//') + 2).split(/[\\/?#]/, 1)[0].toLowerCase()
  return HOST.test(host) && !HIDDEN.test(link) ? link : ''
}

function mentionIn(piece, names) {
  let best = ''
  for (const name of names) {
    const tag = `@${name}`
    if (tag.length > best.length && piece.startsWith(tag) && (piece.length === tag.length || TRAILING.test(piece[tag.length]))) best = tag
  }
  return best
}

export class Kernel {
  emotes = ['catJAM', 'peepoHappy', 'monkaS', 'KEKW', 'Sadge', 'PogChamp', 'EZ', 'widepeepoHappy'].map((name, place) => ({
    id: `id${place}`, name, url: 'https://example.org/e.webp', animated: false, width: 32, height: 32, provider: '7tv',
  }))
  byId = new Map(this.emotes.map((emote) => [emote.id, emote.name]))
  people = ['Ada', 'Ben', 'Charlotte', 'Dmitri']

  run(times) {
    let total = 0
    let shown = ''
    for (let number = 0; number < times; number++) {
      const content = LINES[number % LINES.length]
      const ids = parseEmotes(content, this.emotes).emoteIds
      const tokens = tokenize(content, ids.map((id) => this.byId.get(id)), this.people)
      total += ids.length + tokens.length
      if (number < LINES.length) shown += tokens.map((token) => `${token.kind}<${token.text}>`).join('')
    }
    return `${total} ${shown}`
  }
}
