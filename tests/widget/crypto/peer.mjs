// The compiled crypto core as a member in Node: one JSON command a line in, one JSON answer a line out.
import { createInterface } from "node:readline";

const load = (name) => import(`./${name}.mjs`);
const { open_device } = await load("widget/crypto/device");
const { open_trust } = await load("widget/crypto/trust");
const { parse_service_key } = await load("widget/crypto/service_key");
const { new_session_keys, open_session } = await load("widget/crypto/session");
const { Credentials } = await load("widget/crypto/credentials");
const { Handshake } = await load("widget/crypto/handshake");
const { Group } = await load("widget/crypto/group");
const { SealedCalls } = await load("widget/crypto/sealed_call");
const { open_genesis } = await load("widget/crypto/genesis");
const { open_sdp_seal } = await load("widget/crypto/sdp_seal");
const { sdp_fingerprint } = await load("widget/crypto/fingerprint");
const { body_hash, check_event, event_id, sign_event } = await load("widget/crypto/event");
const { TextBody, write_text, read_text } = await load("widget/room/kinds/text");
const { Event } = await load("widget/wire/event");
const wire = {
  genesis: await load("widget/wire/genesis"),
  credential: await load("widget/wire/credential"),
  hello: await load("widget/wire/handshake"),
  bind: await load("widget/wire/handshake"),
  blob: await load("widget/wire/pair"),
  note: await load("widget/wire/notes"),
  content: await load("widget/wire/frame"),
  header: await load("widget/wire/frame"),
};
const web = await load("widget/browser/web_crypto");
const crypto = web.web_crypto();

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const raw = (text) => new Uint8Array(Buffer.from(text, "hex"));
const storage = {
  load: async () => null,
  load_key: async () => null,
  save: async () => {},
  save_key: async () => {},
  erase: async () => {},
};
const undecided = {
  hash: new Uint8Array(32),
  holds: (hash) => hash.every((byte) => byte === 0),
  lets_in: () => true,
};
const me = {};

const step = async (done) => ({
  blobs: await Promise.all(done.blobs.map(async (blob) => hex(await me.handshake.channel.seal(blob.blob)))),
  new_epoch: done.new_epoch,
});

// The next event of my log.
async function event_of(text, now) {
  const body = write_text(new TextBody(text, [], [], ""));
  const [seq, prev] = me.said === undefined ? [1, "00".repeat(16)] : [me.said.seq + 1, await event_id(crypto, me.said)];
  const { session, group } = me;
  const hash = await body_hash(crypto, body);
  const event = new Event(session.room_id, session.sid, seq, prev, group.kid, seq, now, 1, hash, new Uint8Array(), body);
  me.said = await sign_event(crypto, session, event);
  return me.said;
}

const commands = {
  async device({ now }) {
    me.device = await open_device(crypto, storage, now);
    return { public: hex(me.device.public), jkt: hex(me.device.jkt) };
  },
  async enter({ service_key, keys, jwt, genesis, room, psk, now }) {
    me.trust = await open_trust(crypto, parse_service_key(service_key), keys, now);
    const identity = await me.trust.check_identity(jwt, now);
    me.genesis = await open_genesis(crypto, raw(genesis), room);
    const own = await new_session_keys(crypto, me.device);
    me.session = await open_session(crypto, me.device, jwt, identity, me.genesis, psk === "" ? [] : [raw(psk)], now, own);
    me.credentials = new Credentials(crypto, me.session, me.trust, me.genesis);
    me.group = new Group(crypto, me.session, me.credentials, undecided, now);
    me.sdp = open_sdp_seal(crypto, me.session);
    return { sid: me.session.sid, name: identity.name };
  },
  async hello({ sid, transport, local, remote }) {
    const prints = [raw(local), raw(remote)];
    me.handshake = new Handshake(crypto, me.session, me.credentials, sid, transport, prints, 1);
    return { packet: hex(me.handshake.hello()) };
  },
  async handshake({ packet, now }) {
    return { packets: (await me.handshake.receive(raw(packet), now)).map(hex), done: me.handshake.done() };
  },
  async admit({ now }) {
    return step(await me.group.admit(me.handshake.peer, now));
  },
  async blob({ packet, now }) {
    const blob = await me.handshake.channel.open(raw(packet));
    return step(await me.group.receive(me.handshake.peer.sid, blob, now));
  },
  async tick({ now }) {
    return step(await me.group.tick(now));
  },
  async seal({ text, now }) {
    return { packet: hex(await me.group.seal(1, [await event_of(text, now)])) };
  },
  async open({ packet, now }) {
    const opened = await me.group.open(raw(packet), me.handshake.peer.sid, now);
    if (opened === null) return { said: null };
    const said = [];
    for (const event of opened.events) {
      const author = me.group.member(event.author);
      await check_event(crypto, event, author);
      said.push({ text: read_text(event.body).text, name: author.name, id: await event_id(crypto, event), seq: event.seq });
    }
    return { said };
  },
  async state() {
    return {
      kid: me.group.kid,
      roster: me.group.roster,
      code: me.group.room_code(),
      drops: Object.fromEntries(me.group.drops),
    };
  },
  async seal_call({ service_key, origin, fields, now }) {
    me.calls = new SealedCalls(crypto, parse_service_key(service_key), origin);
    me.request = await me.calls.request("POST", "/otp/request", new Map(Object.entries(fields)), me.calls.new_rid(), now);
    return { body: hex(me.request.body) };
  },
  async reply({ body }) {
    return { fields: Object.fromEntries(await me.calls.reply(me.request, raw(body))) };
  },
  async dpop({ url, token, now }) {
    return { proof: await me.device.dpop("POST", url, token, now) };
  },
  async sdp_seal({ sid, text }) {
    return { sealed: await me.sdp.seal(sid, "offer", text) };
  },
  async sdp_open({ sid, sealed }) {
    return { text: await me.sdp.open(sid, "offer", sealed) };
  },
  async fingerprint({ sdp }) {
    return { bytes: hex(sdp_fingerprint(sdp)) };
  },
  async again({ kind, data }) {
    const module = wire[kind];
    const value = module[`read_${kind}`](raw(data));
    const by_class = kind === "blob" || kind === "note";
    const write = module[`write_${by_class ? value.constructor.name.toLowerCase() : kind}`];
    if (value.constructor.name === "Fork") return { data: hex(write(...value.events)) };
    return { data: hex(write.length === 1 && !by_class ? write(value) : write(...Object.values(value))) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { call, ...args } = JSON.parse(line);
  let answer;
  try {
    answer = await commands[call](args);
  } catch (error) {
    answer = error.reason === undefined ? { crash: String(error.stack) } : { reason: error.reason };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
