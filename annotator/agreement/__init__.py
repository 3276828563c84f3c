"""How alike two annotation sets on one text are: pure measures, that know the core only."""
