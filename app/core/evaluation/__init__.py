"""How well the ways of working together answer a set of questions, and what they cost."""
