"""A few emoji in the form of build/emoji.py: nine groups of which some are empty would be no form, so each has one."""

from __future__ import annotations

EMOJI = [
    "😀 😄 🫠e 🫪h ❤️", "👋+ 👩‍🚀+ 🧑‍🤝‍🧑+", "🐵", "🍇", "🌍", "🎃", "👓", "🏧", "🇨🇭",
    "grinning smile melting_face distorted_face heart,red_heart wave woman_astronaut people_holding_hands monkey_face "
    "grapes earth_africa jack_o_lantern eyeglasses atm switzerland",
]  # fmt: skip
ENGLISH = [
    "smileys", "people", "animals", "food", "travel", "activities", "objects", "symbols", "flags",
    "light skin tone", "medium-light skin tone", "medium skin tone", "medium-dark skin tone", "dark skin tone",
    "grinning face|happy|smile", "grinning face with smiling eyes|laugh", "melting face|hot", "distorted face",
    "red heart|love", "waving hand|hello", "woman astronaut|space", "people holding hands|couple", "monkey face|ape",
    "grapes|fruit", "globe: Africa|world", "jack-o-lantern|Halloween", "glasses|eye", "ATM sign|money",
    "flag: Switzerland|CH",
]  # fmt: skip
