"""The whole chat on one port of this machine: page, CDN folder, both services, and a mailbox for the sign-in codes."""
