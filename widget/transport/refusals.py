"""What the services refuse, in sentences for people."""

from __future__ import annotations

from widget.errors import AGAIN, RefusedError

OUT_OF_ORDER: str = "The service is out of order. Try again in a moment."
REFUSED: str = "The service refused the request."
OWNERS = ("origin.refused", "guest.closed")  # what is to be done about it the service alone knows
SENTENCES: dict[str, str] = {
    "email.invalid": "This is no e-mail address. Check it and try again.",
    "email.letters": "Mail from here reaches no address with letters beyond a to z before the @. Use another one.",
    "code.wrong": "This is not the code we sent. Check it and try again.",
    "code.expired": "This code is too old. Ask for a new one.",
    "code.used": "This code was used already. Ask for a new one.",
    "code.locked": "Too many wrong codes. Ask for a new one.",
    "account.held": "Too many wrong codes. Wait a while, then ask for a new one.",
    "token.invalid": "You are signed out. Sign in again.",
    "session.revoked": "You are signed out. Sign in again.",
    "token.reused": "This sign-in was used elsewhere. Sign in again.",
    "proof.invalid": "The proof of this device was refused. Check its clock, then sign in again.",
    "seal.broken": "The sign-in service could not open the request. Check otpEncryptionKey.",
    "seal.stale": "The clock of this device is wrong. Set it and try again.",
    "seal.replay": "The request arrived twice. Try again.",
    "key.unknown": "The sign-in service does not know this otpEncryptionKey. Ask its owner for the current one.",
    "rate.limited": "Too many attempts. Wait a moment and try again.",
    "puzzle.expired": "This took too long. Try again in a moment.",
    "guest.closed": "No guests are let in here. Sign in with your e-mail.",
    "guest.limit": "Too many guests have come from here. Wait a while, or sign in with your e-mail.",
    "guest.room": "Guests cannot enter private rooms, nor start this one. Sign in first.",
    "room.unknown": "There is no such room, or it has ended. Check the room's address.",
    "room.full": "The room is full. Try again when someone has left.",
    "room.limit": "You have too many rooms open. Close one or wait a while.",
    "room.name": "The room's name cannot be used. Choose 1 to 60 plain characters.",
    "room.removed": "You were removed from this room.",
    "room.power": "Only the host or a moderator can do that.",
    "room.many": "The room's list of removed people or of moderators is full. Take someone off it first.",
    "visit.closed": "This room shows nothing to visitors. Sign in to join it.",
    "visit.nobody": "Nobody in the room shows it just now. Try again in a minute.",
    "invite.wrong": "The members of this room have another invite. Ask for the current one.",
    "message.malformed": "The service did not understand the request. Reload the page and try again.",
    "backend.down": OUT_OF_ORDER,
    "internal": OUT_OF_ORDER,
}


def refused(code: str, retry_after_s: int, detail: str = "") -> RefusedError:
    """The refusal `code` in words: ours, or the service's `detail` where it alone knows what is to be done."""
    sentence = plain = SENTENCES.get(code, REFUSED)
    if detail != "" and (code in OWNERS or code.startswith("site.")):
        sentence = detail
    wait = f"{AGAIN}{retry_after_s} s.)" if retry_after_s > 0 else ""
    error = RefusedError(code, sentence + wait, retry_after_s)
    error.plain = plain if code == "guest.closed" else sentence
    return error
