"""How releases are made: one module for each system, and what they have in common."""
