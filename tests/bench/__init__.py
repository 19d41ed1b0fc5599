"""The bench: this build beside others on the same invented edition, `python -m bench`; nothing of it is shipped."""
