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
const TALL = /([\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g
const PILE = /(\p{M}{8})\p{M}+/gu
const MARK = /^\p{M}/u
const CODE = /```[^]+?```|`[^`\n]+`|[a-z0-9_]+(?:`(?!`))?|[^`\w]+|`/gi
const START = /https?:\/\/|@/gi
const PIECES = /[ \n\t]+|[^ \n\t]+/g
const WORDY = /^(?![\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff])[\p{L}\p{N}_@-]/u
const WHOLE = /^[^\s<>"`\u2018-\u201f\u2026\u3001-\u3003\u3008-\u3011\uff01-\uff0d\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/
const NEXT = /[,;|([{]\(?https?:\/\//i
const HOST = /^(https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?)([^]*)/i
const AFTER = /^(?:[.,;!'*()[\]{}|]|[:_~]+$|[\u0e00-\u109f\u1780-\u17ff\u2e80-\ufaff][^./\\?#@:]*$)/
const CJK = /[\u0e00-\u109f\u1780-\u17ff\u2e80-\ufaff]/
const TRAILING = '.,;:!?\'"*_~([{\uff0e'
const CLOSING = { '(': ')', '[': ']', '{': '}' }
const HIDDEN = /[\0-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800]/

function parseEmotes(content, emotes) {
  const ids = new Map(emotes.map((emote) => [emote.name, emote.id]))
  const used = new Set()
  let parsed = ''
  for (const word of content.match(PIECES) ?? []) {
    const name = named(word, ids)
    parsed += name === '' ? word : `:${name}:`
    if (name !== '' && used.size < 40) used.add(ids.get(name))
  }
  return { parsed, emoteIds: [...used] }
}

function named(word, names) {
  if (names.has(word)) return word
  const bare = word[0] === ':' && word[word.length - 1] === ':' ? word.slice(1, -1) : ''
  return names.has(bare) ? bare : ''
}

function tokenize(content, emotes, names) {
  const tokens = []
  const left = { link: 20, emote: 40, look: 60 }
  let plain = ''
  const push = (kind, text) => {
    let words = ''
    for (const word of plain.match(PIECES) ?? []) {
      const name = left.emote > 0 ? named(word, emotes) : ''
      if (name === '') {
        words += word
        continue
      }
      left.emote -= 1
      const last = tokens[tokens.length - 1]
      const lies = emotes.get(name) && last?.kind === 'emote' && !emotes.get(last.emotes[0])
      if (lies && /^[ \t]*$/.test(words)) {
        tokens[tokens.length - 1] = { kind: 'emote', text: last.text + words + word, emotes: [...last.emotes, name] }
      } else {
        if (words !== '') tokens.push({ kind: 'text', text: words, emotes: [] })
        tokens.push({ kind: 'emote', text: word, emotes: [name] })
      }
      words = ''
    }
    if (words !== '') tokens.push({ kind: 'text', text: words, emotes: [] })
    if (text !== '') tokens.push({ kind, text, emotes: [] })
    plain = ''
  }
  const read = (text) => {
    let at = 0
    START.lastIndex = 0
    for (let found; left.look > 0 && (found = START.exec(text)) !== null; ) {
      left.look -= 1
      plain += text.slice(at, found.index)
      at = found.index
      const last = plain.slice(-1)
      const isMention = found[0] === '@'
      let taken = ''
      if (last === '_' || last === '-' || !WORDY.test(last)) {
        if (isMention) taken = mentionIn(text.slice(at), names)
        else if (left.link > 0) taken = linkIn(text.slice(at))
      }
      if (taken !== '') push(isMention ? 'mention' : 'link', taken)
      else plain += text[at]
      if (taken !== '' && !isMention) left.link -= 1
      at += Math.max(1, taken.length)
      START.lastIndex = at
    }
    plain += text.slice(at)
  }
  let text = ''
  for (const part of withoutPiles(content).match(CODE) ?? []) {
    if (part[0] !== '`' || part.slice(-1) !== '`' || part.replace(/`/g, '').trim() === '') {
      text += part
    } else {
      read(text)
      push(part.startsWith('```') ? 'codeblock' : 'code', part)
      text = ''
    }
  }
  read(text)
  push('text', '')
  return tokens
}

function withoutPiles(content) {
  return content.replace(TALL, '$1').replace(PILE, '$1')
}

function linkIn(text) {
  const whole = WHOLE.exec(text)
  if (whole === null || HIDDEN.test(whole[0])) return ''
  const found = HOST.exec(whole[0].split(NEXT, 1)[0])
  if (found === null) return ''
  const [, host, rest] = found
  if (rest === '' || '/\\?#'.includes(rest[0])) return host + pathIn(rest)
  return AFTER.test(rest) ? host : ''
}

function pathIn(rest) {
  const open = []
  let kept = 0
  let at = 0
  for (const char of rest) {
    if (char in CLOSING) open.push(CLOSING[char])
    else if (')]}'.includes(char)) {
      if (open.pop() !== char) break
    } else if (CJK.test(char) && /[a-z0-9]/i.test(rest[at - 1] ?? '')) break
    at += char.length
    if (!TRAILING.includes(char)) kept = at
  }
  return rest.slice(0, kept)
}

function mentionIn(text, names) {
  let best = ''
  for (const name of names) {
    const tag = text.slice(0, 1 + name.length)
    if (tag.length <= Math.max(1, best.length) || tag.toLowerCase() !== `@${name.toLowerCase()}`) continue
    const following = text.slice(tag.length, tag.length + 2)
    const inWord = WORDY.test(tag.slice(-1)) || MARK.test(tag.slice(-1))
    if (following === '' || !(MARK.test(following) || (inWord && WORDY.test(following)))) best = tag
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
      const tokens = tokenize(content, new Map(ids.map((id) => [this.byId.get(id), false])), this.people)
      total += ids.length + tokens.length
      if (number < LINES.length) shown += tokens.map((token) => `${token.kind}<${token.text}>`).join('')
    }
    return `${total} ${shown}`
  }
}
