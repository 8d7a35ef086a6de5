"""`StrixunChat.ChatWidget` as a page uses it: shapes, promises, events, errors, starting and ending."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person

LOADING = "Failed to load resource"
CALL = """async ([name, given]) => {
  try { return await chat[name](...given) } catch (error) {
    return { isError: error instanceof Error, code: error.code, message: error.message }
  }
}"""


async def signed_in(arrive: Arrive, name: str) -> Person:
    ada = await arrive()
    ada.expect(LOADING)
    ada.expect("Chat error")
    await ada.come_in(f"{name}@example.org", "Ada")
    return ada


async def test_the_state_has_the_documented_shape(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.shape")
    await ada.page.evaluate("chat.createRoom({ customName: 'shape', isPublic: false })")
    await ada.chat.input.wait_for()
    await ada.page.evaluate("chat.sendMessage('hello')")
    await ada.chat.hears("hello")
    state = await ada.page.evaluate("JSON.parse(JSON.stringify(chat.getState()))")
    assert {"status", "authenticated", "token", "room", "messages", "participants", "emotes", "error"} <= set(state)
    assert state["authenticated"] is True
    assert state["token"] is None
    room = state["room"]
    assert {
        "roomId",
        "broadcasterId",
        "broadcasterName",
        "createdAt",
        "participantCount",
        "isPublic",
        "customName",
    } <= set(room)
    assert (room["customName"], room["isPublic"]) == ("shape", False)
    message = state["messages"][-1]
    assert {"id", "roomId", "senderId", "senderName", "timestamp", "content", "encrypted", "emoteIds", "type"} <= set(
        message
    )
    assert (message["content"], message["encrypted"], message["senderName"]) == ("hello", True, "Ada")
    assert {"userId", "userName", "joinedAt", "isOnline"} <= set(state["participants"][0])


async def test_what_the_page_gets_it_cannot_change(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.frozen")
    name = await ada.page.evaluate("""(() => {
      'use strict'
      try { chat.getState().authenticated = false } catch (error) { return error.name }
    })()""")
    assert name == "TypeError"


async def test_calls_answer_with_promises_and_plain_objects(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.calls")
    room = await ada.page.evaluate(CALL, ["createRoom", [{"customName": "calls", "preview": True}]])
    assert (room["customName"], room["isPublic"], room["preview"]) == ("calls", True, True)
    listed = await ada.page.evaluate(CALL, ["getActiveRooms", []])
    assert room["roomId"] in [each["roomId"] for each in listed]
    assert await ada.page.evaluate(CALL, ["parseEmotes", ["no emotes here"]]) == {
        "parsed": "no emotes here",
        "emoteIds": [],
    }
    await ada.page.evaluate(CALL, ["sendMessage", ["is this seen?"]])
    await ada.chat.hears("is this seen?")
    look = await ada.page.evaluate(CALL, ["look", [room["roomId"]]])
    assert (look["shownBy"], [line["content"] for line in look["messages"]]) == ("Ada", ["is this seen?"])
    await ada.page.evaluate(CALL, ["leaveRoom", []])
    assert await ada.page.evaluate("chat.getState().room") is None
    back = await ada.page.evaluate(CALL, ["joinRoom", [room["roomId"]]])
    assert back["isError"] if "isError" in back else back["roomId"] == room["roomId"]
    assert await ada.page.evaluate("chat.isAuthenticated()") is True


async def test_a_call_that_comes_too_early_rejects_with_a_code(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("Chat error")
    await ada.visit()
    await ada.sign_in.email.wait_for()
    failed = await ada.page.evaluate(CALL, ["createRoom", []])
    assert failed["isError"] is True
    assert failed["code"].startswith("order.")
    assert failed["message"] != ""
    assert (await ada.page.evaluate(CALL, ["sendMessage", ["x"]]))["code"].startswith("order.")


async def test_what_is_no_text_is_not_sent(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.words")
    await ada.page.evaluate(CALL, ["createRoom", [{}]])
    codes = await ada.page.evaluate("""async () => {
      const codes = []
      for (const word of [undefined, null, 42, {}, ['x'], new String('x'), true, '', '\\u2800\\u200d'])
        await chat.sendMessage(word).catch((error) => codes.push(error.code))
      for (const call of [() => chat.parseEmotes(undefined), () => chat.joinRoom(undefined), () => chat.joinRoom(null)])
        await call().catch((error) => codes.push(error.code))
      return codes
    }""")
    assert codes == ["message.type"] * 7 + ["message.empty"] * 2 + ["message.type"] + ["room.address"] * 2
    assert await ada.page.evaluate("chat.getState().messages.length") == 0


async def test_a_room_is_made_of_what_its_options_are(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.options")
    codes = await ada.page.evaluate("""async () => {
      const codes = []
      for (const options of [
        { approval: 'yes' }, { isPublic: 'no' }, { preview: 1 }, { customName: 5 }, { emoteSet: 5 }, { customName: '' },
        { customName: ' ' }, { customName: '\\u200b' }, { customName: 'x'.repeat(61) },
      ]) await chat.createRoom(options).then(() => codes.push('made'), (error) => codes.push(error.code))
      await chat.joinRoom('name:').catch((error) => codes.push(error.code))
      return codes
    }""")
    assert codes == ["config.type"] * 5 + ["room.name"] * 5
    assert await ada.page.evaluate("chat.getState().room") is None
    hidden = await ada.page.evaluate(CALL, ["createRoom", [{"customName": "x" * 60, "isPublic": "false"}]])
    assert (hidden["customName"], hidden["isPublic"]) == ("x" * 60, False)
    plain = await ada.page.evaluate(CALL, ["createRoom", [{"approval": "true", "isPublic": True}]])
    assert ("customName" in plain, plain["isPublic"], plain["approval"]) == (False, True, True)


async def test_listeners_come_and_go(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.listeners")
    await ada.page.evaluate("""() => {
      window.heard = []
      window.first = (room) => heard.push(['first', room && room.customName])
      chat.on('room:change', first)
      window.stop = chat.on('room:change', (room) => heard.push(['second', room && room.customName]))
      window.states = 0
      window.unsubscribe = chat.subscribe((state) => { states += 1 })
    }""")
    await ada.page.evaluate("chat.createRoom({ customName: 'listeners' })")
    heard = await ada.page.evaluate("heard")
    assert ["first", "listeners"] in heard
    assert ["second", "listeners"] in heard
    assert await ada.page.evaluate("states") > 0
    await ada.page.evaluate("chat.off('room:change', first); stop(); unsubscribe(); heard.length = 0; states = 0")
    await ada.page.evaluate("chat.leaveRoom()")
    assert await ada.page.evaluate("[heard.length, states]") == [0, 0]


async def test_a_listener_that_throws_stops_nobody(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.throws")
    ada.expect("mine")
    await ada.page.evaluate("""() => {
      window.heard = []
      chat.on('room:change', () => { throw new Error('mine') })
      chat.on('room:change', () => heard.push(1))
    }""")
    await ada.page.evaluate("chat.createRoom({ customName: 'throws' })")
    assert await ada.page.evaluate("heard.length") > 0


async def test_an_unknown_container_is_said_at_once(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit()
    found = await ada.page.evaluate("""() => {
      const errors = []
      try {
        new StrixunChat.ChatWidget({ containerId: 'nowhere', onError: (error) => errors.push(error.code) })
      } catch (error) { return [error instanceof Error, error.code, error.message, errors] }
    }""")
    assert found[:2] == [True, "config.container"]
    assert "nowhere" in found[2]
    assert found[3] == ["config.container"]


async def test_what_is_missing_is_said_to_page_and_reader(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit()
    found = await ada.page.evaluate("""() => {
      const place = Object.assign(document.createElement('div'), { id: 'second' })
      document.body.append(place)
      try { new StrixunChat.ChatWidget({ containerId: 'second' }) } catch (error) { return [error.code, error.message] }
    }""")
    assert found[0] == "config.missing"
    assert found[1].startswith("authApiUrl is required")
    await expect(ada.page.locator("#second").get_by_role("alert")).to_contain_text("authApiUrl is required")


async def test_destroyed_it_leaves_nothing_and_can_be_made_again(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit()
    await ada.sign_in.email.wait_for()
    await ada.page.evaluate("chat.destroy()")
    assert await ada.page.evaluate("document.getElementById('chat-widget').childNodes.length") == 0
    await ada.page.evaluate("""() => new StrixunChat.ChatWidget({
      containerId: 'chat-widget', authApiUrl: location.origin + '/auth', signalingUrl: location.origin + '/signal',
      otpEncryptionKey: document.scripts[1].textContent.match(/cwk1\\.[\\w-]+/)[0], autoAuth: true, theme: 'light',
    })""")
    await ada.sign_in.email.wait_for()


# What each call of a chat that was closed ends with; "sync" where it throws. A token is given as the site would.
CLOSED = """async () => {
  const calls = {
    authenticate: [], identify: [null], logout: [], getDevices: [], endDevice: ['x'], approveDevice: ['x'],
    createRoom: [], joinRoom: ['page'], getInvite: [], renewInvite: [], leaveRoom: [], removeMember: ['x'],
    readmitMember: ['x'], setModerator: ['x', true], approve: ['x'], setEmotes: [], safetyNumber: ['x'],
    compare: ['x', true], getRoomCode: [], sendMessage: ['x'], open: [], close: [], toggle: [], popOut: [],
    setTheme: ['dark'], setLocale: ['de'], setRoom: ['page'], getActiveRooms: [], look: ['x'], parseEmotes: ['x'],
    subscribe: [() => {}], on: ['open', () => {}],
  }
  const found = {}
  for (const [name, given] of Object.entries(calls)) {
    try {
      const result = chat[name](...given)
      found[name] = await result?.then(() => 'done', (error) => error.code) ?? 'nothing'
    } catch (error) { found[name] = 'sync ' + error.code }
  }
  return found
}"""
THROWING = "getInvite getRoomCode open close toggle popOut setTheme setRoom subscribe on"


async def test_each_call_of_a_closed_chat_says_so_and_nothing_else_is_heard(arrive: Arrive) -> None:
    ada = await signed_in(arrive, "api.closed")
    await ada.page.evaluate("""async () => {
      chat.destroy()
      window.errors = []
      window.opened = 0
      window.open = () => { opened += 1; return null }
      const make = (ready) => new StrixunChat.ChatWidget({
        containerId: 'chat-widget', authApiUrl: location.origin + '/auth', signalingUrl: location.origin + '/signal',
        otpEncryptionKey: document.scripts[1].textContent.match(/cwk1\\.[\\w-]+/)[0],
        onError: (error) => errors.push(String(error)), onReady: ready,
      })
      make(() => errors.push('ready')).destroy()
      const next = await new Promise((ready) => make(ready))  // whose sign-in is read after that of the one before
      window.chat = next
      const leaving = chat.logout().catch((error) => errors.push(error.code))
      chat.destroy()
      await leaving
    }""")
    found = await ada.page.evaluate(CLOSED)
    throwing = {name for name, end in found.items() if end == "sync order.destroyed"}
    assert throwing == set(THROWING.split())
    assert {end for name, end in found.items() if name not in throwing} == {"order.destroyed"}
    assert await ada.page.evaluate("[errors, opened]") == [["order.destroyed"], 0]
    assert await ada.page.evaluate("chat.off('open', () => {}) ?? typeof chat.getState().status") == "string"


# What a widget shows in the turn in which it is made, when no database has answered, and what of Intl it made for that.
SHOWN_AT_ONCE = """() => {
  const made = []
  for (const kind of ['PluralRules', 'NumberFormat', 'DateTimeFormat']) {
    Intl[kind] = new Proxy(Intl[kind], { construct(...given) { made.push(kind); return Reflect.construct(...given) } })
  }
  const place = Object.assign(document.createElement('div'), { id: 'second' })
  document.body.append(place)
  const second = new StrixunChat.ChatWidget({
    container: place, authApiUrl: location.origin + '/auth', signalingUrl: location.origin + '/signal',
    otpEncryptionKey: document.scripts[1].textContent.match(/cwk1\\.[\\w-]+/)[0],
  })
  const shown = place.firstElementChild.shadowRoot.querySelector('.cw-app').textContent
  second.destroy()
  place.remove()
  return [shown, made]
}"""


async def test_who_was_never_here_can_sign_in_at_once_and_nothing_jumps_for_who_was(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit("/zero-config")
    shown, made = await ada.page.evaluate(SHOWN_AT_ONCE)
    assert "Sign in to join" in shown
    assert made == [], "which takes as long as the picture"
    await ada.sign_in.ask_for_code("first.visit@example.org", "Ada")
    await ada.sign_in.enter(await ada.code_for("first.visit@example.org"))
    await ada.rooms.title.wait_for()
    assert await ada.page.evaluate(SHOWN_AT_ONCE) == ["One moment", []]


async def test_the_page_stays_as_it_was(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.page.add_init_script("window.before = new Set(Object.getOwnPropertyNames(window))")
    await ada.visit()
    await ada.sign_in.email.wait_for()
    added = await ada.page.evaluate(
        "Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && !['before', 'chat'].includes(name))"
    )
    assert added == ["StrixunChat"]
    assert await ada.page.evaluate("Object.keys(StrixunChat).sort()") == ["ChatWidget", "version"]


async def test_in_the_page_the_widget_brings_its_styles(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit()
    await ada.page.evaluate("""() => {
      const place = Object.assign(document.createElement('div'), { id: 'inside' })
      document.body.append(place)
      window.second = new StrixunChat.ChatWidget({
        containerId: 'inside', authApiUrl: location.origin + '/auth', signalingUrl: location.origin + '/signal',
        otpEncryptionKey: document.scripts[1].textContent.match(/cwk1\\.[\\w-]+/)[0], autoAuth: true, mountInPage: true,
      })
    }""")
    email = ada.page.locator("#inside").get_by_label("E-mail")
    await email.wait_for()
    assert await ada.page.evaluate("document.querySelector('#inside .cw-app') !== null")
    assert await email.evaluate("(field) => getComputedStyle(field).borderTopLeftRadius") == "10px"
