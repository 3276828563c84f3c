"""The imperative shell: what the program is doing now, without a window."""
