"""Where around a figure the words of data/catalogue/syntax.toml count: one expression for each role.

The words are data; the frames below put them into their place: before the figure ($), behind it, with
so many characters between. <name> stands for any word of that list.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from etl.patterns import load_frames

_FILE = "syntax.toml"

_FRAMES = {
    # readings
    "label": "：<so_many>?$",
    # What is said of the time after a session is said of its figure: 闭会期间，收到建议9件.
    "clause_end": (
        "(?<!闭会期间)(?<!会后)[，；。！？]|：(?!<so_many>?[0-9])|——(?![0-9])"
        "|（(?![^（）]{1,8}）)|(?<=[^（]{9})）|…++(?![0-9])"
    ),
    # No way back (++): 共计共计共计… can be read in 2ⁿ ways.
    "bare_comment": "<bare_comment>++",
    "risen_to": "^<risen_to>[^，。；]{0,6}$",
    "risen_from": "<risen_from>(?:(?!<risen_from>)[^，。；]){0,8}$",
    "became": "<became>",
    "in_batches": "<in_batches>$",
    "batch_measure": "<batch_measures>",
    "sets_out": "<sets_out>",
    "added": "<added>",
    "now_all": "<now_all>$",
    "added_up": "<added_up>",
    "no_label": "<no_label>$",
    "same_thing": "[、（，]?<same_thing>?",
    "joint": "<joint>",
    "joint_or_comma": "<joint>|，",
    "noun": "(?:(?!<joint>)[^，。；！？])+",
    "between_joints": r"(?:(?!<joint>)[\s\S])+",
    "second_thing": "<second_thing>",
    "for_each": "<for_each>$",
    "shares_out": "<shares_out>",
    "nouns_in_order": "<nouns_in_order>$",
    "figures_in_order": "，?<figures_in_order>",
    "explains": "，<explains>",
    # binding
    "goes_on_as_list": "<goes_on_as_list>",
    "done_once": "<done_once>$",
    "no_count": "<no_count>",
    "next_in_list": "<next_in_list>",
    # What the items of a marked line are about: 民意直通：社情民意信息118条.
    "subject": "^(?:[^，。；：0-9]{2,8}：(?=.))?<of_which>?<own_level>?",
    "level_before": "<risen_from>$",
    "rises": "[^，。；]{0,8}?<rise>",
    "planned": "<planned>$",
    "done": "[^。；0-9]{0,6}?<done>",
    "no_head": r"[^\u4e00-\u9fff“]|$|<linking>?<no_noun>",
    # lending
    "no_level": "<no_level>$",
    "place": "<place>",
    # second_look
    "paired_in_order": "<in_order>[^，。；]{0,4}$",
    "earlier_year": "<earlier_year>",
    "one_of_many": "<one_of_many>",
    "higher_level": "<higher_level>",
    # sums, indirect, findings
    "named_total": "<named_total>$",
    "row": "<joint>[^，。；：0-9]{2,20}",
    "of_one_year": "[，；（]<of_which>，?(20[0-9]{2})<of_year>",
    "anew": "<anew>",
    "says_all": "<says_all>",
    "session_and_after": "<session_and_after>[^；。]*<in_order>",
    "rest": "<rest>$",
    "mentioned_part": "<mentioned_part>[^，。；]{0,10}$",
    "each": "<each>$",
    "within_year": "<within_year>",
    "draft": "<draft>",
    "own_law": "^(?!<nation>).*<own_law>$",
}


@dataclass(frozen=True, slots=True)
class Syntax:
    """The frames with their words, compiled; see the comments in syntax.toml."""

    label: re.Pattern[str]
    clause_end: re.Pattern[str]
    bare_comment: re.Pattern[str]
    risen_to: re.Pattern[str]
    risen_from: re.Pattern[str]
    became: re.Pattern[str]
    in_batches: re.Pattern[str]
    batch_measure: re.Pattern[str]
    sets_out: re.Pattern[str]
    added: re.Pattern[str]
    now_all: re.Pattern[str]
    added_up: re.Pattern[str]
    no_label: re.Pattern[str]
    same_thing: re.Pattern[str]
    joint: re.Pattern[str]
    joint_or_comma: re.Pattern[str]
    noun: re.Pattern[str]
    between_joints: re.Pattern[str]
    second_thing: re.Pattern[str]
    for_each: re.Pattern[str]
    shares_out: re.Pattern[str]
    nouns_in_order: re.Pattern[str]
    figures_in_order: re.Pattern[str]
    explains: re.Pattern[str]
    goes_on_as_list: re.Pattern[str]
    done_once: re.Pattern[str]
    no_count: re.Pattern[str]
    next_in_list: re.Pattern[str]
    subject: re.Pattern[str]
    level_before: re.Pattern[str]
    rises: re.Pattern[str]
    planned: re.Pattern[str]
    done: re.Pattern[str]
    no_head: re.Pattern[str]
    no_level: re.Pattern[str]
    place: re.Pattern[str]
    paired_in_order: re.Pattern[str]
    earlier_year: re.Pattern[str]
    one_of_many: re.Pattern[str]
    higher_level: re.Pattern[str]
    named_total: re.Pattern[str]
    row: re.Pattern[str]
    of_one_year: re.Pattern[str]
    anew: re.Pattern[str]
    says_all: re.Pattern[str]
    session_and_after: re.Pattern[str]
    rest: re.Pattern[str]
    mentioned_part: re.Pattern[str]
    each: re.Pattern[str]
    within_year: re.Pattern[str]
    draft: re.Pattern[str]
    own_law: re.Pattern[str]


def load_syntax(folder: Path) -> Syntax:
    """Compile syntax.toml of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    return Syntax(**load_frames(folder / _FILE, _FRAMES))
