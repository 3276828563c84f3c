"""The demo without a display: a real window, driven by real key events."""
