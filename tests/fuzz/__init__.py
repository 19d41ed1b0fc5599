"""Coverage-guided fuzzing of what reads strangers' files: `make fuzz`; its targets, seeds and kept cases."""
