"""The commands, one module each; each has `add`, which declares it to the parser, and `run`.

`run` takes the edition's root and the parsed arguments and returns the exit code: 0, 1 for findings, 2 where the
command cannot be run.
"""
