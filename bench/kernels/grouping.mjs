// Sort and group by hand. The same work; texts are compared by `<`, which is enough for these: ours first looks whether one
// holds what UTF-16 puts in another order than code points.

const COUNT = 200
const START_MS = 1_795_000_000_000
const DAY_MIN = 1440

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

function minuteOf(iso) {
  const date = new Date(iso)
  return Math.floor(date.getTime() / 60_000) - date.getTimezoneOffset() + 60
}

function breaks(before, beforeMin, message, minute) {
  if (before.type !== 'message' || before.senderId !== message.senderId) return true
  return minute - beforeMin >= 5 || Math.floor(minute / DAY_MIN) !== Math.floor(beforeMin / DAY_MIN)
}

function rank(person) {
  let place = person.isMe ? '2' : person.role === 'host' ? '3' : person.isOnline ? '4' : '5'
  if (person.standing !== 'in') place = person.standing === 'waiting' ? '1' : '6'
  return place + person.userName.toLowerCase()
}

export class Kernel {
  messages = Array.from({ length: COUNT }, (_, number) => {
    const place = (number * 77) % COUNT
    const timestamp = new Date(START_MS + place * 411_000 + (place % 7) * 60_000).toISOString()
    const who = Math.floor((place * 7919) / 3) % 4
    return {
      id: place.toString(16).padStart(32, '0'), roomId: 'room', senderId: `user${who}`, senderName: `Person ${who}`,
      timestamp, content: 'hello', encrypted: true, emoteIds: [], customEmojiIds: [], type: 'message', delivery: 'received',
      mine: false, flags: [],
    }
  })
  people = Array.from({ length: 20 }, (_, number) => ({
    userId: `user${number}`, userName: `Person ${(number * 7) % 20}`, joinedAt: '', isOnline: number % 3 !== 0,
    link: 'direct', isMe: number === 9,
    role: number === 4 ? 'host' : 'member', standing: 'in',
  }))

  run(times) {
    let groups = 0
    let days = 0
    let names = ''
    for (let i = 0; i < times; i++) {
      let before = null
      let beforeMin = 0
      for (const message of [...this.messages].sort((one, other) => byText(one.timestamp, other.timestamp))) {
        const minute = minuteOf(message.timestamp)
        if (before === null || breaks(before, beforeMin, message, minute)) groups++
        if (before === null || Math.floor(beforeMin / DAY_MIN) !== Math.floor(minute / DAY_MIN)) days++
        before = message
        beforeMin = minute
      }
      const byAuthor = new Map()
      for (const message of this.messages) {
        if (!byAuthor.has(message.senderId)) byAuthor.set(message.senderId, [])
        byAuthor.get(message.senderId).push(message)
      }
      const counts = [...byAuthor.keys()].sort(byText).map((author) => `${author} ${byAuthor.get(author).length}`)
      const people = this.people
        .map((person) => ({ person, rank: rank(person) }))
        .sort((one, other) => byText(one.rank, other.rank))
        .map(({ person }) => person)
      names = [...counts, ...people.map((person) => person.userName)].join(', ')
    }
    return `${groups} ${days} ${names}`
  }
}
