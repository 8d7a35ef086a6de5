"""The chat without a screen: its public calls."""
