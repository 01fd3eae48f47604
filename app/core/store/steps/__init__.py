"""How the database's tables came to be, one small step after the other."""
