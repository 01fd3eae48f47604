"""The words by which `app.core.task` tells what a message asks for, as regular expressions."""

import re
from functools import cached_property
from typing import Final


def words(text: str) -> str:
    return r"\b(?:" + "|".join(text.split()) + r")\b"


class Cue:
    """An expression that is compiled when it is first used: all of them together take a tenth of a second."""

    def __init__(self, source: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self._flags)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match at a place."""
        return self._compiled.match(text, start)

    def search(self, text: str) -> re.Match[str] | None:
        """Match anywhere."""
        return self._compiled.search(text)

    def count(self, text: str) -> int:
        """Say how often it occurs."""
        return sum(1 for _ in self._compiled.finditer(text))


def _pattern(text: str) -> Cue:
    return Cue(words(text))


WRITE_VERBS: Final = r"""
write draft compose prepare create generate produce author pen plan outline brainstorm invent
come\s+up\s+with reply respond answer\s+(?:this|the|his|her|their)\s+(?:e-?mail|mail|letter|message) fill
scrivi escreve schrijf schreib\w* verfass\w* entwirf erstell\w* formulier\w* antworte
écris écrivez rédige\w* rédigez
compose[sz]? escribe escriba redacta redacte
"""
REWRITE_VERBS: Final = r"""
rewrite re-write rephrase reword paraphrase proofread proof-read correct shorten condense translate
improve polish simplify edit refine reformat tidy clean\s+up tighten tone\s+down expand lengthen
summari[sz]e make\s+(?:it|this|that|the\s+(?:text|following|above|paragraph|letter|e-?mail)|my\s+\w+)
fix\s+(?:the|my|any)\s+(?:grammar|spelling|typos|punctuation|wording|text) umschreib\w* korrigier\w*
übersetz\w* kürze verbesser\w* fasse réécris reformule\w* corrige\w* tradui[st]\w* raccourcis résume\w*
reescrib\w* traduce traduzca corrija resume resuma mejora
"""
ASK_VERBS: Final = r"""
explain describe tell list name give define suggest recommend show find help advise teach discuss identify
summari[sz]e outline compare contrast remind say provide look extract count quote classify sort rank
convert check review analy[sz]e evaluate assess choose pick state mention include keep use avoid add start
end limit begin don['\u2019]?t do\s+not never always be let ensure make please answer imagine pretend act
assume read consider solve calculate compute prove derive determine estimate debug fix implement refactor
optimi[sz]e design build sign address close finish try stick focus leave put erklär\w* nenne sag\w*
beschreib\w* zeig\w* hilf berechne gib liste vergleich\w* explique\w* décris dis donne\w* montre\w*
aide\w* calcule\w* nomme\w* explica\w* describe dime da dame muestra calcula ayuda\w* compara
"""
GREETING: Final = Cue(
    r"\W*(?:(?:hi|hello|hey|hiya|yo|good\s+(?:morning|afternoon|evening|night)|"
    r"thanks?(?:\s+you)?(?:\s+(?:so|very)\s+much|\s+a\s+lot)?|cheers|bye|goodbye|ok(?:ay)?|great|cool|nice|perfect|how\s+are\s+you(?:\s+doing)?(?:\s+today)?|"
    r"what['\u2019]?s\s+up|see\s+you(?:\s+later)?|hallo|guten\s+(?:morgen|tag|abend)|danke(?:\s+schön)?|tschüss|bonjour|"
    r"bonsoir|merci(?:\s+beaucoup)?|salut|hola|buenos\s+días|gracias|adiós|there|everyone|again|confidant|all)\W*)+$"
)
POLITE: Final = Cue(
    r"(?:\W*(?:please|kindly|hi|hello|hey|ok(?:ay)?|so|now|then|also|and|but|just|first|second|third|finally|next|"
    r"there|bitte|s['\u2019]il\s+(?:te|vous)\s+pla[iî]t|por\s+favor|hallo|bonjour|hola|thanks|thank\s+you)\b"
    r"|\s*(?:[-*\u2022]|\d{1,2}[.)])(?=\s)"
    r"|\W*(?:can|could|would|will)\s+you(?:\s+(?:please|kindly|also|just|help\s+me(?:\s+to)?))*\b"
    r"|\W*(?:i|we)(?:['\u2019]d|\s+would)?\s+(?:need|want|like)(?:\s+you)?\s+to\b"
    r"|\W*(?:please\s+)?help\s+(?:me|us)(?:\s+(?:to|with))?\b|\W*let['\u2019]?s\b|\W*your\s+task\s+is\s+to\b"
    r"|\W*(?:kannst|könntest|können|würdest)\s+(?:du|sie)(?:\s+(?:mir|bitte))*\b"
    r"|\W*(?:peux|pourrais)[- ]tu\b|\W*(?:pouvez|pourriez)[- ]vous\b|\W*(?:puedes|podrías|puede)\b)+[\s,:;-]*"
)
VERB: Final = Cue(
    words(f"{WRITE_VERBS} {REWRITE_VERBS} {ASK_VERBS}").removesuffix(r"\b") + r"(?![\w'\u2019])"
)
WISH: Final = Cue(
    r"\W*(?:i|we)(?:['\u2019]d|\s+would)?\s+(?:need|want|like|love|have\s+to\s+write|am\s+looking\s+for)\b(?!\s+to\s+(?:be|go|have)\b)"
    r"|\W*(?:it|the\s+(?:text|letter|e-?mail|mail|message|poem|story|essay|speech|answer|tone|result|reply))\s+"
    r"(?:should|must|has\s+to|needs\s+to)\b|\W*(?:no\s+more\s+than|at\s+most|at\s+least|max(?:imum)?|in\s+(?:under\s+)?\d+\s+words)\b"
    r"|\W*ich\s+(?:brauche|möchte|hätte)\b|\W*j['\u2019]ai\s+besoin\b|\W*je\s+(?:voudrais|veux)\b|\W*(?:necesito|quiero)\b"
)
WRITE: Final = _pattern(WRITE_VERBS)
REWRITE: Final = _pattern(REWRITE_VERBS)
GENRE: Final = _pattern(
    r"""
    letters? e-?mails? mails? messages? texts? notes? poems? haiku limerick stor(?:y|ies) essays?
    speech(?:es)? toasts? eulogy posts? tweets? blog articles? reports? ads? advert\w* captions?
    slogans? cv résumé resume bio biography invitations? cards? review applications? complaints?
    proposals? agenda minutes itinerary plan script dialogue song lyrics reply replies answer
    paragraphs? description announcement obituary recommendation reference statement profile brief
    brief\w* gedicht rede geschichte aufsatz bewerbung lettre courriel message poème histoire discours
    carta correo poema historia discurso
    """
)
CODE_THING: Final = _pattern(
    r"""
    code function functions script program method class regex regexp sql query queries api endpoint
    algorithm unit\s+tests? bug python javascript typescript java rust golang c\+\+ bash shell html css
    dockerfile makefile yaml json react pandas one-liner command\s+line compiler stack\s+trace traceback
    exception segfault loop recursion variable git funktion programm skript fonction programme función
    programa decorator query array linked\s+list excel\s+formula
    """
)
CODE_VERB: Final = _pattern(
    r"""
    write give show implement fix debug refactor optimi[sz]e code program create generate port convert
    test explain review schreib\w* écris escribe build make improve translate why what's complete add how
    rename
    """
)
CODE: Final = Cue(
    r"```|Traceback \(most recent call last\)"
    r"|^\s*(?:def|class|import|from|function|const|let|public|#include|SELECT)\b"
    r"[^.\n]*[({;:=*]|[;{}]\s*$",
    re.MULTILINE,
)
REASON: Final = _pattern(
    r"""
    calculate compute solve prove proof derive determine probability equation integral derivative
    percent\w* step\s+by\s+step how\s+many how\s+much how\s+long how\s+far how\s+old how\s+fast
    trade-?offs? pros\s+and\s+cons compare contrast evaluate puzzle riddle deduce infer implies berechne
    wie\s+viele? wieviel beweise löse calcule[rz]? combien résou\w* calcula cuánt\w* resuelve logically
    optimal cheaper decide which\s+of\s+(?:the|these)\s+(?:following|statements)
    """
)
COUNTED: Final = Cue(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|twice|double)\b"
)
SUM: Final = Cue(r"\d\s*[-+*/x×÷^=]\s*\d|\b\d+\s*%\s+(?:of|von|de)\b")
STRONG_REASON: Final = _pattern(
    r"""
    calculate compute solve prove proof derive equation integral derivative probability puzzle riddle
    trade-?offs? compare contrast pros\s+and\s+cons step\s+by\s+step evaluate deduce berechne beweise
    löse calcule[rz]? résou\w* calcula resuelve
    """
)
ABOUT_ME: Final = Cue(
    r"\b(?:what|when|where|who|which|whose|how\s+old|how\s+tall)(?:['\u2019]?s|\s+(?:is|are|was|were))\s+(?:my|our)\s+"
    r"(?!best\b|chances?\b|options?\b|rights?\b)"
    r"|\b(?:what|where|when|who|which\s+\w+|how\s+(?:long|often|many\s+\w+|much))\s+(?:\w+\s+)?(?:do|did|am|was|have|had)\s+i\s+"
    r"(?:live|work|like|love|prefer|hate|eat|drink|drive|own|study|play|take|speak|tell|told|say|said|mention\w*|buy|bought|call|"
    r"go|went|decide|plan|want|name|born|allergic|meet|met|promise|pay|weigh|known?|been|worked|lived|from)\b"
    r"|\b(?:do|did|am|have)\s+i\s+(?:like|love|prefer|hate|eat|drink|drive|own|have|take|play|tell|told|allergic|vegetarian|ever)\b"
    r"|\bknow\s+about\s+me\b|\bremember\s+(?:about\s+me|my|that\s+i|what\s+i|when\s+i)\b|\bremind\s+me\s+(?:of|what|when|where|who|which)\b"
    r"|\bi\s+(?:told|said|mentioned)\b[^?]*\?|\bwho\s+am\s+i\b|\babout\s+me\s*\?"
    r"|\b(?:wie|wo|wann|was|wer)\s+(?:heiße|wohne|arbeite|mag|ist\s+meine?|sind\s+meine)\b"
    r"|\b(?:quel\w*|où|quand|qui|comment)\s+(?:est|sont|s['\u2019]appelle\w*|habite|travaille)(?:-je|\s+m(?:on|a|es))\b"
    r"|\b(?:cuál|cuándo|dónde|quién|cómo)\s+(?:es|son|se\s+llama|vivo|trabajo)\s*(?:mi|mis|yo)?\b(?=.*\bmis?\b|\s*\?)"
)
DOCUMENT: Final = Cue(
    r"\b(?:the|this|that|my|these|attached|above|uploaded|following|der|die|das|diese[rsmn]?|ce|cette|le|la|este|esta|el)\s+"
    r"(?:\w+\s+){0,2}?(?:documents?|contract|pdf|file|report|article|paper|transcript|page|pages|chapter|agreement|lease|manual|"
    r"minutes|text|passage|letter|e-?mail|policy|invoice|statement|thread|notes|dokument|vertrag|bericht|artikel|"
    r"contrat|rapport|contrato|documento|informe|artículo)\b|\battach(?:ed|ment)\b|\baccording\s+to\b|\bsection\s+\d"
)
DIGEST: Final = _pattern(
    r"""
    summari[sz]e summary tl;?dr key\s+points zusammenfass\w* fasse résume\w* resume resuma resumen
    """
)
LEAD: Final = Cue(r":\s*$")
MADE: Final = _pattern(
    r"write implement fix debug refactor optimi[sz]e port create build complete schreib\\w* écris escribe"
)
POINTER: Final = _pattern(
    r"""
    this these following below it text here folgende\w* suivant\w* siguiente\w* dies\w* ce cette esto
    este
    """
)
CLOSING: Final = Cue(
    r"\W*(?:please\s+)?(?:keep|use|make|limit|answer|write|respond|reply|don['\u2019]?t\s+(?:use|change|add))\b"
)
QUOTED: Final = Cue(r"\s*(?:>|\"|\u201c|\u201e|\u00ab)")
LETTER: Final = Cue(r"\s*(?:dear|sehr\s+geehrte\w*|liebe[rs]?|madame|monsieur|estimad[oa])\b[^.!?]*,\s*$")
GIVE: Final = Cue(r"(?:give|make|suggest)\b")
OF_GENRE: Final = Cue(r"(?:(?:an?|the|my|some|short|good)\s+)*" + GENRE.source)
