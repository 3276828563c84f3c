"""Physical keys, the keymap, and what the next key does."""
