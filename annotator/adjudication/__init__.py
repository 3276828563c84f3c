"""From the annotation sets of several annotators to one gold set: pure, knows the core only."""
