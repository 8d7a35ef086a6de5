// Rooms of ts-mls, with the steps of bench/kernels/key_room.py. Its members hand each other what MLS has them send, encoded; its
// identities are short names that nobody has to check. The first suite is the quickest that it has in a browser (WebCrypto).
// Every parent in the tree is filled, as after a commit of everybody: so a commit is as small as it can be.

import {
  createApplicationMessage, createCommit, createGroup, decodeMlsMessage, defaultCapabilities, defaultLifetime, emptyPskIndex,
  encodeMlsMessage, generateKeyPackage, getCiphersuiteFromName, getCiphersuiteImpl, joinGroup, processPrivateMessage,
} from 'ts-mls'

const SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519'
const encoder = new TextEncoder()

const frame = (privateMessage) => encodeMlsMessage({ privateMessage, wireformat: 'mls_private_message', version: 'mls10' })
const decode = (bytes) => decodeMlsMessage(bytes, 0)[0]
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export class MlsRoom {
  sent = 0
  met = 0

  // Of those who were in, the first commits and so many others are followed; who arrives is followed too.
  constructor(followed) {
    this.followed = followed
  }

  // Bytes since this was last asked: among those who were in, and from and to who arrived; of neither is chance to decide.
  counted() {
    const found = [this.sent, this.met, 0, 0]
    this.sent = this.met = 0
    return found
  }

  async fill(count) {
    this.suite = await getCiphersuiteImpl(getCiphersuiteFromName(SUITE))
    this.count = count
    this.places = places(count, this.followed)
    const { publicPackage, privatePackage } = await this.person(0)
    this.states = [await createGroup(encoder.encode('room'), publicPackage, privatePackage, [], this.suite)]
    for (let place = 1; place < count; place += place % 2 === 0 ? 2 : 1) await this.grow(place)
    this.check()
  }

  // One more member, or two that share a parent. The first of them commits at once, so that all parents above have keys.
  async grow(place) {
    const people = [await this.person(place)]
    if (place % 2 === 0 && place + 1 < this.count) people.push(await this.person(place + 1))
    const added = await this.commit(this.states[0], people.map(add))
    this.states = [added.state, ...(await this.all(this.states.slice(1), added.commit))]
    const joined = await Promise.all(people.map((person) => this.welcome(added, person)))
    const filling = await this.commit(joined[0], [])
    const kept = [filling.state, ...(await this.all(joined.slice(1), filling.commit))]
    this.states = await this.all(this.states, filling.commit)
    this.states.push(...kept.filter((_, number) => this.places.includes(place + number)))
  }

  async arrive() {
    this.newcomer = await this.person(this.count)
  }

  // What MLS leaves to whoever carries its messages. A key package lies ready somewhere.
  async link() {
    const package_ = { keyPackage: this.newcomer.publicPackage, wireformat: 'mls_key_package', version: 'mls10' }
    this.package = encodeMlsMessage(package_)
    this.met += this.package.length
  }

  part() {
    this.newcomer = null
    this.states.pop()
  }

  async issue() {
    const change = this.newcomer !== null
      ? { proposalType: 'add', add: { keyPackage: decode(this.package).keyPackage } }
      : { proposalType: 'remove', remove: { removed: this.count } }
    this.made = await this.commit(this.states[0], [change])
    this.states[0] = this.made.state
    this.sent += this.made.commit.length * (this.count - 1) // one copy for each of the others
  }

  async take() {
    const [first, ...others] = this.states
    this.states = [first, ...(await this.all(others, this.made.commit))]
  }

  // How many times the work of `take` all those would have who were in.
  share() {
    return this.places.length === 0 ? 1 : (this.count - 1) / this.places.length
  }

  async join() {
    this.met += this.made.welcome.length
    this.states.push(await this.welcome(this.made, this.newcomer))
  }

  check() {
    const tags = this.states.map((state) => `${state.groupContext.epoch} ${hex(state.confirmationTag)}`)
    if (new Set(tags).size !== 1) throw new Error('the members do not agree')
  }

  async rest() {}

  async seal(count, authors) {
    this.frames = []
    for (let number = 0; number < count; number++) {
      const place = number % Math.min(authors, this.states.length - 1)
      const text = encoder.encode(`A line that is neither short nor long, and its number is ${number}.`)
      const { newState, privateMessage } = await createApplicationMessage(this.states[place], text, this.suite)
      this.states[place] = newState
      this.frames.push(frame(privateMessage))
      this.sent += this.frames.at(-1).length
    }
  }

  async open() {
    const last = this.states.length - 1
    let good = 0
    for (const bytes of this.frames) {
      const done = await processPrivateMessage(this.states[last], decode(bytes).privateMessage, emptyPskIndex, this.suite)
      this.states[last] = done.newState
      if (done.kind === 'applicationMessage' && done.message.length > 0) good++
    }
    return good
  }

  readers() {
    return this.states[0].ratchetTree.filter((node) => node?.nodeType === 'leaf').length
  }

  person(number) {
    const credential = { credentialType: 'basic', identity: encoder.encode(`person ${number}`) }
    return generateKeyPackage(credential, defaultCapabilities(), defaultLifetime, [], this.suite)
  }

  // Encoded, as it goes out.
  async commit(state, extraProposals) {
    const context = { state, cipherSuite: this.suite }
    const made = await createCommit(context, { extraProposals, ratchetTreeExtension: true })
    const welcome = made.welcome && encodeMlsMessage({ welcome: made.welcome, wireformat: 'mls_welcome', version: 'mls10' })
    return { state: made.newState, commit: encodeMlsMessage(made.commit), welcome }
  }

  async all(states, commit) {
    const found = []
    for (const state of states) {
      const message = decode(commit).privateMessage
      found.push((await processPrivateMessage(state, message, emptyPskIndex, this.suite)).newState)
    }
    return found
  }

  welcome(made, person) {
    const { welcome } = decode(made.welcome)
    return joinGroup(welcome, person.publicPackage, person.privatePackage, emptyPskIndex, this.suite)
  }
}

// Evenly apart, of those who were in and do not commit.
const places = (count, most) => {
  const found = Math.min(most, count - 1)
  return Array.from({ length: found }, (_, number) => 1 + Math.floor((number * (count - 1)) / found))
}
const add = (person) => ({ proposalType: 'add', add: { keyPackage: person.publicPackage } })
