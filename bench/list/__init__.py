"""The list of messages in Chromium, beside those of other chats."""
