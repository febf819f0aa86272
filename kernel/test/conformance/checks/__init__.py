"""The checks, one file per group; a function is a check, its decorator says in a sentence what must hold."""
