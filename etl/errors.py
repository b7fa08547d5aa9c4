"""What can go wrong with a user's files: each error names the value, the place and the remedy.

The arguments of an error are those of its constructor, so that it survives the
way from a worker process to the main one.
"""


class InputError(Exception):
    """Something in a user's file or folder cannot be used."""


class CatalogueError(InputError):
    """A mistake in data/catalogue, documents.toml or corrections.toml.

    `file`, `entry` and `key` say where; `problem` says what is wrong and what to do.
    """

    def __init__(self, file: str, entry: str, key: str, problem: str) -> None:
        self.file, self.entry, self.key, self.problem = file, entry, key, problem
        place = " › ".join(part for part in (file, entry, key) if part)
        super().__init__(file, entry, key, problem)
        self.message = f"{place}: {problem}"

    def __str__(self) -> str:
        return self.message


class DocumentError(InputError):
    """A document that cannot be read; `name` is its file name, `reason` says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(name, reason)

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"
