"""What a clause that says only how many borrows from the clauses before it.

专题询问，全年共两次; 执法检查，计划4项，完成5项; 新建联络站18个，累计达到172个.
"""

import re
from collections.abc import Sequence

from etl.model import Quantity
from etl.readings import NOW_ALL, Clauses, Reading, added

# Right before a figure that is no level: a plan (计划4项，完成5项), a difference (比上年多了两次，共五次),
# a rate (每人督办1件，共11件), a part (加上原有的32处，达到38处).
_NO_LEVEL = re.compile(
    r"(?:每[人位名次年季届][^，。；]{0,10}|原有的?|(?:计划|拟定|预定)(?:安排)?|(?:原|年初)(?:本|来)?(?:计划|拟|定|安排)[^，。；]{0,16}|(?:比|较)[^，。；]{1,8}(?:多|少|增加|减少|增|减)了?)$"
)
# Behind a figure: it counts places, whose things are counted next (13个乡镇的联络站从无到有，已建成186个).
_PLACES = re.compile(r"(?:县|市|区|旗|州|乡|镇|街道|苏木|村|社区)(?!级|政|委|人大|上|域)")
_LONGEST_COMMENT = 14
_MOST_LENDERS = 3


def lent(clauses: Clauses, reading: Reading, quantities: Sequence[Quantity]) -> list[Reading]:
    """The reading with the words of each clause before its own, nearest first, where its own may say
    no more than how many: 代表列席常委会会议，每会必邀，全年84人次.

    A clause whose figure has the same measure word, or a semicolon, ends the search, unless
    that figure is a plan or a difference; what such a clause adds to (新建联络站18个) is what
    there are so many of now.
    """
    text = clauses.text
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
            and not _PLACES.match(text, q.end)
        ]
        if len(alike) == 1 and _NO_LEVEL.search(text, topic[0], alike[0].start):
            start = topic[0]
            span = (start, topic[1] - 1)
            found.append(Reading(quantity, (start, reading.clause[1]), span, reading.right, True))
            continue
        if alike:
            before = reading._replace(left=(topic[0], alike[0].start))
            thing = added(text, before) if len(alike) == 1 else None
            if thing and NOW_ALL.search(text, own, quantity.start):
                clause = (topic[0], reading.clause[1])
                found.append(Reading(quantity, clause, thing, reading.right, True))
            break
        start = topic[0]
        span = (topic[0], topic[1] - 1)
        found.append(Reading(quantity, (topic[0], reading.clause[1]), span, reading.right, True))
    return found
