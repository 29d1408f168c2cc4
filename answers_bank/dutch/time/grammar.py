"""The grammar of Dutch administrative time, as regular expressions.

What a pattern finds is read by the functions of the same name in `resolve_dates` and `resolve_periods` (to days, seen
from a document) and in `moments` (as far as the words fix it). A space in a pattern stands for any white space.
"""

from __future__ import annotations

import re
from functools import cache

from answers_bank.dutch.numbers import COUNT
from answers_bank.dutch.time.dates import ANY_MONTH, MONTH, MONTH_NUMBERS, WEEKDAYS

_MONTH = rf"(?P<month>{MONTH}|{ANY_MONTH}\.?)"
_LAST = r"(?P<last>j\. ?l\.|jl\b\.?|jongstleden|l\.l\.|ll\b\.?|laatstleden)"
_NEXT = r"(?P<next>a\. ?s\.|a\.s\b|as\.|aanstaande|aankomend|e\.k\.|eerstkomende)"
_MARK = rf"(?:,? ?\(?(?:{_LAST}|{_NEXT})\)?)"
_YEAR_WORD = (
    r"dit (?:kalender)?jaar|(?:het )?(?:lopende|huidige) (?:kalender|begrotings)?jaar"
    r"|(?:het )?(?:volgend|komend|aankomend)e? jaar|(?:het )?(?:vorig|afgelopen|voorbije|voorgaande?) jaar"
)
_YEAR = rf"(?P<year>(?:1[5-9]|20)\d\d(?!\d)|{_YEAR_WORD})"
_OF_YEAR = rf"(?:,? (?:van |in )?(?:het jaar )?{_YEAR})"
_PHASE = (
    r"(?P<phase>begin|medio|half|midden|halverwege|eind(?:e)?|ultimo|primo|in de loop|de loop|later|eerder|"
    r"het (?:begin|einde?|midden)|de eerste helft|de tweede helft|de eerste maanden|de laatste maanden)"
)
_PREP = (
    r"(?P<prep>voorafgaand aan|tot en met|uiterlijk(?: op| in| per| voor| vóór)?|nog voor|nog vóór|nog in|voor|vóór|"
    r"tot|tegen|vanaf|sinds|sedert|per|met ingang van|ingaande|na|op|in|rond|omstreeks|gedurende|tijdens|met|bij|aan)"
)
_THE = r"(?:(?:het|de) )?"
_SEASON = r"(?P<season>voorjaar|lente|zomer|najaar|herfst|winter)"
_NUMBER = rf"(?P<number>{COUNT})"
_DAYS = r"(?P<days>\d{1,2}(?:, \d{1,2})*(?:,? (?:en|of|tot en met|t/m|tot) \d{1,2}| ?[–-] ?\d{1,2})?)"
_WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS) + ")"
_THIS = r"dit|deze"
_PAST = r"vorige?|afgelopen|voorbije|voorgaande|verleden|laatste|jongste"
_COMING = r"volgende?|komende?|aankomende?|aanstaande|eerstvolgende|eerstkomende"
_DEM = rf"(?P<dem>{_THIS}|{_PAST}|{_COMING})"
_UNIT = (
    r"(?P<unit>(?:kalender|school|studie|college|vergader|zittings|begrotings)?jaar|jaren|kwartaal|kwartalen|"
    r"halfjaar|half jaar|maand(?:en)?|weken|week|dagen|weekend|decennium|decennia|kabinetsperiodes?|periode|tijd)"
)
_ORDINAL = "(?P<ordinal>eerste|tweede|derde|vierde|laatste|[1-4]e)"
_MOMENT = (
    r"(?P<moment>(?:zomer|kerst|herfst|voorjaars|krokus|mei)-?(?:reces|vakantie)|verkiezingsreces|kerst(?:mis)?|reces|prinsjesdag|"
    r"pasen|hemelvaart(?:sdag)?|pinksteren|koningsdag|bevrijdingsdag|dodenherdenking|"
    r"verantwoordingsdag|jaarwisseling|(?:voorjaars|najaars|miljoenen)nota|begrotingsbehandeling|(?:voorjaars|augustus)besluitvorming)"
)

_DAY_PART = r"(?P<part>avond|middag|ochtend|morgen|nacht)"
_SHORT_WEEKDAY = r"(?:ma|di|wo|do|vr|za|zo)\.?"

_SOURCES = {
    # vorig jaar zomer / volgend jaar maart / vorig jaar in de zomer / volgend jaar eind mei
    "year_part": (
        rf"(?:{_PREP} )?(?:het )?(?P<year>(?:vorig|volgend|komend|afgelopen|dit) jaar) (?:in (?:de |het )?)?"
        rf"(?:{_PHASE} )?(?:{_SEASON}|{_MONTH})(?!\w)"
    ),
    # vorige week donderdag / woensdag volgende week
    "week_day": (
        rf"(?:{_PREP} )?(?:(?P<dem>vorige|deze|volgende) week (?:op )?{_WEEKDAY}"
        rf"|(?P<weekday_first>{'|'.join(WEEKDAYS)}) (?:van )?(?P<dem_behind>vorige|deze|volgende) week)(?!\w)"
    ),
    # gisteravond / vanochtend / morgenmiddag
    "day_part": rf"(?P<word>eergister|gister|van|heden|morgen|overmorgen)(?P<linked>-)?{_DAY_PART}(?!\w)",
    # 12-03 jl.
    "numeric_mark": (rf"(?:{_PREP} )?(?:{_WEEKDAY} )?(?<![\d.,/-])(?P<d>[0-3]?\d)[-/](?P<m>[01]?\d){_MARK}(?!\w)"),
    # 14 juli jl. / op 13 en 14 mei 2026 / 14 juli van dit jaar / 14 juli
    "day": rf"(?:{_PREP} )?(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}) )?{_DAYS} {_MONTH}(?!\w)(?:{_OF_YEAR}|{_MARK})?",
    # 14-07-2025
    "numeric": (
        r"(?<![\d.,/-])(?:(?P<d>[0-3]?\d)[-/.](?P<m>[01]?\d)[-/.](?P<y>(?:19|20)\d\d)"
        r"|(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>[01]\d)-(?P<iso_d>[0-3]\d))(?![\d/-])"
    ),
    # eind oktober jl. / in maart 2026 / in maart
    "month": rf"(?:{_PREP} )?(?:de maand )?(?:{_PHASE} (?:van )?)?(?<!\d\s){_MONTH}(?!\w)(?:{_OF_YEAR}|{_MARK})?",
    # afgelopen oktober / komende maart / dit najaar / deze winter / afgelopen maandag
    "dem_month": rf"(?:{_PREP} )?(?:de )?{_DEM} (?:maand )?{_MONTH}(?!\w)",
    "dem_season": rf"(?:{_PREP} )?{_THE}(?:{_PHASE} (?:van )?)?{_DEM} {_SEASON}(?!\w)",
    "dem_weekday": rf"(?:{_PREP} )?{_DEM} {_WEEKDAY}(?!\w)",
    "weekday_mark": rf"(?:{_PREP} )?{_WEEKDAY}{_MARK}(?!\w)",
    # in het voorjaar van 2026 / najaar 2026 / voor de zomer / in het najaar van dit jaar
    "season": (
        rf"(?:{_PREP} )?(?:(?:het|de|deze) )?(?:{_PHASE} (?:van )?)?{_THE}(?:loop van (?:het|de) )?{_SEASON}(?!\w)"
        rf"(?:{_OF_YEAR}(?P<second> ?[-–/] ?(?:20)?\d\d(?!\d))?|{_MARK})?"
    ),
    # in het tweede kwartaal van 2026 / Q3 2026 / de tweede helft van volgend jaar
    "quarter": (
        rf"(?:{_PREP} )?(?:het )?(?:{_PHASE} (?:van )?)?(?:het )?"
        rf"(?:{_ORDINAL} kwartaal|Q(?P<q>[1-4])|K(?P<k>[1-4]))(?!\w){_OF_YEAR}?"
    ),
    "half": rf"(?:{_PREP} )?{_THE}(?P<which>eerste|tweede) (?:helft|half ?jaar)(?: van)?(?: het jaar)? {_YEAR}",
    # gisteren / vandaag / morgen, and not "op een morgen", "tot op heden" or "heden ten dage"
    "day_word": (
        r"(?P<word>eergisteren|gisteren|vandaag(?! de dag)|overmorgen"
        r"|(?<!\bde\s)(?<!\been\s)(?<!\belke\s)(?<!\biedere\s)(?<!\bvolgende\s)(?<!\bop\s)morgen"
        r"|(?<!\bhet\s)(?<!\bop\s)heden(?! ten dage| en verleden))(?!\w)"
    ),
    # begin 2026 / eind van dit jaar / in 2026 / dit jaar / vóór het einde van het jaar
    "year": rf"(?:{_PREP} )?{_THE}(?:{_PHASE} (?:van )?)?(?:het jaar )?{_YEAR}(?!\w|[-–/]\d)",
    "year_end": (
        rf"(?:{_PREP} )?(?P<phase>het begin|begin|het einde?|einde?) van (?:het|deze|dit) "
        r"(?P<of>jaar|kalenderjaar|maand|kwartaal|zomer)(?!\w)"
    ),
    "years": (
        r"(?:(?P<prep>in|voor|over|tussen) )?(?:(?:de )?(?:periode|jaren) (?:van )?)?"
        r"(?P<from>(?:19|20)\d\d)"
        r" ?(?:(?:[-–]|t/m|tot en met|tot|en) ?(?P<to>(?:19|20)\d\d)|[-–/](?P<short>(?:19|20)?\d\d))(?!\d)"
    ),
    "school": (
        r"(?:(?P<prep>in|vanaf|met ingang van|per|sinds|voor) )?(?:het )?"
        r"(?P<which>schooljaar|studiejaar|collegejaar|seizoen) (?P<from>20\d\d) ?[-–/] ?(?P<to>(?:20)?\d\d)"
    ),
    # de afgelopen drie maanden / komende periode / vorige week / deze kabinetsperiode
    "dem_unit": rf"(?:{_PREP} )?{_THE}(?:{_PHASE} (?:van )?)?{_DEM} (?:{_NUMBER} )?{_UNIT}(?!\w)",
    # voor het zomerreces / na Prinsjesdag / rond de jaarwisseling
    "moment": rf"(?:{_PREP} )?(?:(?:het|de|deze|dit) )?(?:(?P<mdem>{_PAST}|{_COMING}) )?{_MOMENT}(?!\w){_OF_YEAR}?",
    # binnen drie maanden / over twee jaar / drie weken geleden
    "within": (
        rf"(?P<prep>binnen|over) (?:een )?(?:ongeveer |circa |uiterlijk |nu en )?{_NUMBER} (?:tot (?:een|\w+) )?{_UNIT}"
        r"(?! (?:tijd|oud|cel|gevangen))(?!\w)"
    ),
    "ago": rf"(?<!\bna\s)(?<!\bbinnen\s)(?:een )?{_NUMBER} {_UNIT} (?:geleden|terug)(?!\w)",
}


_SEASON_NAMES = ("voorjaar", "lente", "zomer", "najaar", "herfst", "winter")
_UNIT_NAMES = ("jaar", "jaren", "kwarta", "maand", "we", "dagen", "decenni", "periode", "tijd")

# Words of which a text must hold one before the pattern is tried at all; a pattern that is not here is always tried.
ANCHORS: dict[str, tuple[str, ...]] = {
    "year_part": ("jaar",),
    "week_day": ("week",),
    "day_part": ("avond", "middag", "ochtend", "morgen", "nacht"),
    "numeric_mark": (
        "jl",
        "j.l",
        "j. l",
        "jongstleden",
        "ll",
        "l.l",
        "laatstleden",
        "a.s",
        "a. s",
        "as.",
        "aanstaande",
        "e.k",
    ),
    "day": tuple(MONTH_NUMBERS),
    "month": tuple(MONTH_NUMBERS),
    "dem_month": tuple(MONTH_NUMBERS),
    "dem_season": _SEASON_NAMES,
    "season": _SEASON_NAMES,
    "dem_weekday": ("dag",),
    "weekday_mark": ("dag",),
    "quarter": ("kwartaal", "q1", "q2", "q3", "q4", "k1", "k2", "k3", "k4"),
    "half": ("helft", "halfjaar", "half jaar"),
    "year": ("jaar", "19", "20"),
    "year_end": ("begin", "eind"),
    "years": ("19", "20"),
    "school": ("schooljaar", "studiejaar", "collegejaar", "seizoen"),
    "numeric": ("19", "20"),
    "day_word": ("gisteren", "vandaag", "morgen", "heden"),
    "dem_unit": _UNIT_NAMES,
    "moment": (
        "reces",
        "vakantie",
        "kerst",
        "pasen",
        "hemelvaart",
        "pinksteren",
        "herdenking",
        "dag",
        "jaarwisseling",
        "nota",
        "begroting",
        "besluitvorming",
    ),
    "within": ("binnen", "over"),
    "ago": ("geleden", "terug"),
}


@cache
def compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns by name."""
    return tuple(
        (name, re.compile(r"(?<![\w-])" + source.replace(" ", r"\s+").replace(r"\s+?", r"\s*"), re.IGNORECASE))
        for name, source in _SOURCES.items()
    )
