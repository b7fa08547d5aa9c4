"""Regular expressions taken apart: their tokens and alternatives, and what finds the same in less time.

Python's engine leaps to the characters that a match can begin with, but only where each alternative
of an expression begins with a character: not in (?:民主)?监督|(?<!不)任命. `led` writes it as
民主监督|监督|任(?<=(?<!不)任)命, which matches the same and takes a tenth of the time.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

_TOKEN = re.compile(
    r"""\(\?(?::|<?[=!]|P<[^>]*>)|\(|\)|\|      # groups and alternatives
    |\\.|\[\^?\]?(?:\\.|[^\]\\])*\]             # an escape, a set of characters
    |(?:[?*+]|\{[0-9]*,?[0-9]*\})[?+]?          # how often
    |.""",
    re.VERBOSE | re.DOTALL,
)
LOOKS_AROUND = ("(?=", "(?!", "(?<=", "(?<!")

_CAPTURES = re.compile(r"(?<!\\)\((?!\?(?!P))")
_GROUP = re.compile(r"\((?:\?:|\?P<|\Z)")
_OFTEN = re.compile(r"(?:[?*+]|\{[0-9]*,?[0-9]*\})[?+]?")
# A literal character, and a set of some.
_LITERAL = re.compile(r"[^\\.^$()\[|]|\\[^A-Za-z0-9]")
_SET = re.compile(r"\[([^\^\\][^\\]*)\]")
_RANGE = re.compile("(.)-(.)")
_TIMES = re.compile(r"\{([1-9])(,?)([1-9]?)\}")
# More alternatives take longer to compile, and to try where one of them begins, than is gained.
_MOST = 60
_MOST_LOOKED_AT = 2000


def tokens(expression: str) -> list[str]:
    """The expression cut into the beginnings and ends of its groups, |, sets, single characters, and how often each."""
    return _TOKEN.findall(expression)


def alternatives(of: Sequence[str]) -> Iterator[list[str]]:
    """The alternatives of an expression in tokens, split at each | outside of groups."""
    depth = 0
    alternative: list[str] = []
    for token in of:
        depth += token.startswith("(") - (token == ")")
        if token == "|" and depth == 0:
            yield alternative
            alternative = []
        else:
            alternative.append(token)
    yield alternative


def group_end(of: Sequence[str], start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for position in range(start, len(of)):
        depth += of[position].startswith("(") - (of[position] == ")")
        if depth == 0:
            return position + 1
    raise ValueError(f"unbalanced expression: {''.join(of)}")


def led(expression: str) -> str:
    """The expression with alternatives that each begin with a character, where it can be written so.

    It matches the same in the same order. Where it captures groups, or there were too many, a look at
    the character that comes next goes before it instead. Where it is broken, it stays as it is.
    """
    captures = _CAPTURES.search(expression) is not None
    try:
        whole = _unwrapped(tokens(expression))
        if _leads(whole):
            return expression
        found = list(islice(_all_led(whole), _MOST_LOOKED_AT))
    except ValueError:
        return expression
    if not captures and len(found) <= len(whole) + _MOST:
        return "|".join(map("".join, found))
    if len(found) == _MOST_LOOKED_AT:
        return expression
    characters = {first if len(first) > 1 else re.escape(first) for first, *_ in found}
    return f"(?=[{''.join(sorted(characters))}])(?:{expression})"


def _leads(of: Sequence[Sequence[str]]) -> bool:
    """Whether the engine leaps to what the alternatives begin with: characters, a lone set, a group of such."""
    firsts = ["".join(alternative[:1]) for alternative in of]
    if len(of) == 1 and _GROUP.match(firsts[0]):
        end = group_end(of[0], 0)
        inner = list(alternatives(of[0][1 : end - 1]))
        return not _OFTEN.match("".join(of[0][end:])) and _leads(inner)
    if any(_OFTEN.match("".join(alternative[1:])) for alternative in of):
        return False
    lone_set = len(of) == 1 and firsts[0].startswith("[")
    return lone_set or all(_LITERAL.fullmatch(first) for first in firsts)


def _unwrapped(of: Sequence[str]) -> list[list[str]]:
    """The alternatives of an expression that may stand in a group as a whole."""
    while of[:1] == ["(?:"] and group_end(of, 0) == len(of):
        of = of[1:-1]
    return list(alternatives(of))


def _all_led(of: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    for alternative in of:
        yield from _led(alternative)


def _led(alternative: Sequence[str]) -> Iterator[list[str]]:
    """An alternative as one or more that begin with a character, in the order in which they are tried."""
    if not alternative:
        raise ValueError("may begin with anything")
    first, end = alternative[0], 1
    if first.startswith("("):
        end = group_end(alternative, 0)
    head, rest, often = alternative[:end], alternative[end:], ""
    if rest and _OFTEN.fullmatch(rest[0]):
        often, rest = rest[0], rest[1:]
    if first.startswith(LOOKS_AROUND) or first == "^":
        for character, *behind in _led(rest):
            yield [character, "(?<=", *head, character, ")", *behind]
        return
    again = _again(head, often)
    if _GROUP.match(first):
        for inner in alternatives(head[1:-1]):
            if again:
                list(_led(inner))  # raises where it may be nothing, for ever and ever
            yield from _led([*inner, *again, *rest])
    else:
        for character in _characters(first):
            yield [character, *again, *rest]
    if often in ("?", "*"):
        yield from _led(rest)


def _again(head: Sequence[str], often: str) -> list[str]:
    """What follows the first of a character, set or group that stands `often`: how often it may stand still."""
    if often in ("", "?"):
        return []
    if often in ("*", "+"):
        return [*head, "*"]
    if often == "++" and len(head) == 1:
        return [*head, "*+"]
    if times := _TIMES.fullmatch(often):
        least, to, most = times.groups()
        return [*head, f"{{{int(least) - 1}{to}{int(most) - 1 if most else ''}}}"]
    raise ValueError("may begin with anything")


def _characters(token: str) -> list[str]:
    """The characters that a single one or a set stands for."""
    if found := _SET.fullmatch(token):
        members = _RANGE.sub(
            lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), found[1]
        )
        return [re.escape(character) for character in members]
    if _LITERAL.fullmatch(token):
        return [token]
    raise ValueError("may begin with anything")
