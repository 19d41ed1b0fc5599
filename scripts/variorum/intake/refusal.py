"""What import says when a file cannot be read: one sentence, and what to do about it."""


class Refusal(Exception):
    """Refuse an input, with a message meant for a person and no traceback behind it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\n  help: {self.help}" if self.help else self.message
