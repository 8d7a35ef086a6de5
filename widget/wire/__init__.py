"""Every message that crosses a wire: encode beside decode."""
