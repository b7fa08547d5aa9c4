"""What a clause that says only how many borrows from the clauses before it.

专题询问，全年共两次; 执法检查，计划4项，完成5项; 新建联络站18个，累计达到172个.
"""

from collections.abc import Sequence

from etl.model import Quantity
from etl.readings import Clauses, Reading, added

_LONGEST_COMMENT = 14
_MOST_LENDERS = 3


def lent(clauses: Clauses, reading: Reading, quantities: Sequence[Quantity]) -> list[Reading]:
    """The reading with the words of each clause before its own, nearest first, where its own may say
    no more than how many: 代表列席常委会会议，每会必邀，全年84人次.

    A clause whose figure has the same measure word, or a semicolon, ends the search, unless
    that figure is a plan or a difference; what such a clause adds to (新建联络站18个) is what
    there are so many of now.
    """
    text, syntax = clauses.text, clauses.syntax
    quantity = reading.quantity
    own = clauses.at(quantity.start)[0]
    if own == 0 or reading.left[1] - own > _LONGEST_COMMENT:
        return []
    found: list[Reading] = []
    start = own
    while start > 0 and len(found) < _MOST_LENDERS and text[start - 1] not in "；。！？":
        topic = clauses.at(start - 1)
        alike = [
            q
            for q in quantities
            if q.unit == quantity.unit
            and topic[0] <= q.start < topic[1]
            and not syntax.place.match(text, q.end)
        ]
        if len(alike) == 1 and syntax.no_level.search(text, topic[0], alike[0].start):
            start = topic[0]
            span = (start, topic[1] - 1)
            found.append(Reading(quantity, (start, reading.clause[1]), span, reading.right, True))
            continue
        if alike:
            before = reading._replace(left=(topic[0], alike[0].start))
            thing = added(clauses, before) if len(alike) == 1 else None
            if thing and syntax.now_all.search(text, own, quantity.start):
                clause = (topic[0], reading.clause[1])
                found.append(Reading(quantity, clause, thing, reading.right, True))
            break
        start = topic[0]
        span = (topic[0], topic[1] - 1)
        found.append(Reading(quantity, (topic[0], reading.clause[1]), span, reading.right, True))
    return found
