"""How people say lasting things about themselves, and how they say what is true only for the moment."""

import re
from typing import Final

from app.core.memory.draw_rules import LIKELY, SURE, UNSURE

_FAMILY: Final = (
    "daughter|son|child|children|kid|kids|baby|twins?|wife|husband|partner|spouse|fianc[ée]e?|girlfriend|"
    "boyfriend|mother|mum|mom|father|dad|parents|brothers?|sisters?|grand(?:mother|father|ma|pa|son|daughter|"
    "parents|children)|uncle|aunt|cousin|niece|nephew|(?:mother|father|sister|brother)-in-law|step\\w+|"
    "family|dogs?|cats?|pets?|horse|rabbit|parrot|hamster|tortoise|fish|hens|chickens"
)
_KIN: Final = (
    rf"{_FAMILY}|friend|flatmate|roommate|neighbou?r|boss|manager|colleague|teacher|doctor|dentist|landlord|"
    "landlady|therapist|coach"
)
"""Of those who are no family only the names are taken: the rest is theirs to tell."""
_COUNT: Final = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|no|some|several|many|severe|mild|"
    r"chronic|type \d|small|little|big|old|young(?:er)?|elder|older|grown-?up|adult|teenage|twin|new|rescue)"
)
_HAVE: Final = (
    rf"{_KIN}|toddler|newborn|citizenship|allerg\w+|asthma|diabetes|epilepsy|migraines?|arthritis|adhd|"
    rf"dyslexia|autism|insomnia|"
    r"anxiety|depression|tinnitus|eczema|psoriasis|celiac|coeliac|ibs|crohn\w*|intolerance|condition|"
    r"disease|disorder|disability|phobia|pacemaker|high blood pressure|fear of|garden|allotment|greenhouse|"
    r"car|van|boat|motorbike|bicycle|bike|house|flat|apartment|cottage|farm|licence|license|degree|phd|"
    r"diploma|certificate|piano|violin|guitar|company|business|shop|café|restaurant|bakery|beehives?|"
    r"sweet tooth|bad back|bad knees?|curly hair|aversion|preference|dislike|passion|soft spot|bad memory"
)
_IS: Final = (
    r"vegan|vegetarian|pescatarian|flexitarian|kosher|muslim|christian|catholic|protestant|jewish|buddhist|"
    r"hindu|atheist|agnostic|religious|quaker|"
    r"celiac|coeliac|diabetic|asthmatic|epileptic|dyslexic|autistic|colou?r-?blind|deaf|blind|left-handed|"
    r"right-handed|hard of hearing|short-sighted|partially sighted|disabled|transgender|gay|lesbian|bisexual|"
    r"lactose[- ]intolerant|gluten[- ]intolerant|allergic to|intolerant (?:to|of)|sensitive to|"
    r"(?:afraid|scared|terrified) of (?!(?:ask|say|do|mak|los|miss|forgett|gett)ing\b)|claustrophobic|"
    r"uncomfortable with|not comfortable with|"
    r"retired|unemployed|self-employed|freelance|semi-retired|"
    r"married|single|divorced|widowed|engaged|separated|pregnant|"
    r"fluent in|native|bilingual|trilingual|from|based in|originally from|"
    r"interested in|keen on|fond of|into|passionate about|good at|bad at|terrible at|hopeless at|"
    r"introverted|shy|teetotal|sober|an early riser|a night owl|"
    r"(?:british|american|german|french|spanish|italian|polish|dutch|swedish|norwegian|danish|finnish|irish|"
    r"scottish|welsh|english|turkish|indian|chinese|japanese|korean|brazilian|portuguese|mexican|canadian|"
    r"australian|nigerian|kenyan|egyptian|greek|russian|ukrainian|czech|hungarian|romanian|austrian|swiss|"
    r"belgian)\b"
)
_NO_TRADE: Final = (
    r"(?:list|bit|little|lot|few|tad|mess|wreck|idiot|fool|moment|second|third|half|quarter|total|complete|"
    r"hundred|thousand|ghost|victim|man of|woman of|person|human|good boy|big deal|joke|failure|disaster|"
    r"customer|user|beginner|newcomer|stranger|subscriber|"
    r"buyer|passenger|guest|reader|member of the public)\b"
)
_TRADE: Final = (
    r"[\w-]*(?:er|or|ist|ian|ant|ent|ess|man|woman|nurse|cook|clerk|judge|midwife|coach|pilot|architect|chef|"
    r"vet|dad|mum|mom|father|mother|guide|monk|nun|priest|widow|widower|musician|athlete|apprentice|"
    r"paramedic|mechanic|builder|smith|analyst|plumber|baker|citizen|graduate|vegan|student|only child|"
    r"orphan|"
    r"twin|lefty|(?:fan|member|native) of(?! (?:this|that|it|the)\b))"
)
_LIKE: Final = (
    r"(?:love|like|enjoy|adore|prefer|favou?r|hate|dislike|detest|loathe|despise|avoid|eat|drink|smoke|speak|"
    r"collect|own|ride|practi[sc]e|celebrate|support|teach|breed|paint|knit|volunteer|commute|cycle|meditate|"
    r"refuse to|struggle with|suffer from|care for|look after|speciali[sz]e)"
)
_DO: Final = (
    r"(?:use|read|write|watch|take|follow|keep|go to|get up|sleep|sign|begin|end|start|cook|bake|vote|drive|"
    r"wear|swim|sing|grow|study|travel|buy|call|greet|address)"
)
_AIDS: Final = (
    r"(?:use|take|wear|need) (?:an? |my |daily )*(?:\w+ )?(?:wheelchair|walking stick|cane|crutch(?:es)?|"
    r"hearing aids?|inhaler|insulin|medication|pills|statins|metformin|glasses|contact lenses|screen reader|"
    r"blood thinners?|antidepressants?|prosthesis)"
)
_OFTEN: Final = r"(?:always|never|usually|generally|mostly|rarely|normally|typically|often|only)"
_ADVERB: Final = (
    r"(?:really |absolutely |strongly |always |never |usually |generally |mostly |rarely |hardly ever |"
    r"normally |typically |often |also |only |strictly |still |much |very much |don't |do not |"
    r"don't really |currently |now |no longer |can't |cannot |both |truly |just |particularly |mainly )"
)
_HABIT: Final = (
    r"(?:every (?:day|morning|evening|night|week|weekend|month|year|summer|winter|spring|autumn|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|"
    r"on weekends|(?:once|twice|three times|\w+ times) an? (?:day|week|month|year)|for a living)"
)
_DEIXIS: Final = (
    r"\b(?!\s*(?:my thoughts|up|along|away|tired|what|it|its|this|that|these|those|them|him|her|you|your|"
    r"how|what|when|where|now|later|both|option|"
    r"another|the (?!sea|outdoors|countryside|mountains|theatre|opera|piano|violin|cello|guitar|drums|flute|"
    r"harp|organ|trumpet|saxophone|bass|colou?r)\w+)\b)"
)
"""What points at something in this talk instead of saying something lasting."""
_NAME: Final = r"(?-i:[A-ZÀ-Þ])[\w'-]+"
_NAMES: Final = rf"{_NAME}(?: and {_NAME}| {_NAME})?"
_NAMED: Final = rf", {_NAME},| {_NAME}"
_WE: Final = rf"(?:i|we|my (?:{_KIN}) and i)"


def _p(pattern: str, confidence: float) -> tuple[re.Pattern[str], float]:
    return re.compile(pattern, re.IGNORECASE), confidence


LASTING: Final = (
    _p(r"(?:my (?:first |full |last |middle )?name(?:'s| is)(?! (?:on|in|not|missing))|i(?:'m| am) called|"
       r"(?:please )?call me) \S+", SURE),
    _p(rf"{_WE}(?:'ve| have)? (?:now |currently |still |both |no longer |always )*lived? (?:just )?(?:in|"
       rf"at|on|"
       r"near|with|alone|by|outside|above|off)\b"
       r"(?! (?:hope|fear|denial|peace|dread|\w+ times|(?:the|my) (?:past|moment|present|hope))\b)", SURE),
    _p(r"(?:i|we)(?:'ve| have)? (?:just |recently )?(?:moved|relocated) (?:back )?to \S+", SURE),
    _p(r"i (?:was born|was raised|grew up) (?:and raised )?(?:in|on|near)\b|i come from (?:an? |the )?[\w "
       r"]+", SURE),
    _p(r"(?:i|we) (?:rent|share|own) (?:an? |our |the )(?:[\w-]+ ){0,2}(?:room|flat|apartment|house|"
       r"cottage|studio|"
       r"farm|garden|allotment|office|houseboat|boat|car)\b|(?:my|our) (?:flat|apartment|house|home) (?:is|"
       r"has|"
       r"lies) (?!not|too|a mess|dirty|on fire|cold|empty)", LIKELY),
    _p(r"i(?:'m| am) (?:about )?(?:\d\.\d+ ?m|\d{3} ?cm|\w+ (?:foot|feet|ft)\b.*|\d'\d+)(?: tall)?", SURE),
    _p(r"(?:i|we)(?:'ve| have)? (?:was|were|been) diagnosed with \S+|i(?:'ve| have)? (?:lost|broke) my "
       r"(?:left |right )?"
       r"(?:leg|arm|foot|hand|eye|sight|hearing|voice|sense of \w+)|i(?:'ve| have) had (?:an? |two |three |"
       r"several )"
       r"(?:[\w-]+ )?(?:replacements?|transplants?|strokes?|heart attacks?|operations?|surger(?:y|ies)|"
       r"bypass|"
       r"amputation|miscarriages?)\b", LIKELY),
    _p(r"my (?:knees?|back|hips?|eyes?|eyesight|hearing|heart|lungs|memory|shoulders?|feet|hands|stomach|"
       r"skin) "
       r"(?:is|are) (?:very |rather |quite )?(?:bad|weak|poor|sensitive|failing|arthritic)", LIKELY),
    _p(r"i (?:get|become) (?:very |easily )?(?:car|sea|air|travel|motion)[- ]?sick|i (?:stutter|stammer|"
       r"lisp|snore|"
       r"sleepwalk|faint at)\b", LIKELY),
    _p(r"i (?:did|have|got|hold|took) (?:my|an?) (?:[\w-]+ )?(?:phd|doctorate|degree|master's|bachelor's|"
       r"apprenticeship|black belt|training|licence|license|certificate)\b|i (?:never|can|have never) "
       r"(?:learn(?:ed|t) "
       r"to|learn(?:ed|t) how to) \S+", LIKELY),
    _p(r"i(?:'m| am) (?:absolutely |really |totally )?(?:crazy|mad|nuts|passionate|enthusiastic) about "
       r"(?!this|that|it|the|you)\S+|i can't get enough of (?!this|that|it|the|you)\S+", LIKELY),
    _p(r"(?!(?:this|that|it|what|which|he|she|they|everything|nothing)\b)(?:[\w-]+ ){1,3}(?:bores?|"
       r"disgusts?|scares?|"
       r"makes? me (?:ill|sick|sneeze|anxious|sleepy)|gives? me (?:a )?(?:headaches?|migraines?|hives|"
       r"heartburn))"
       r"(?: me)?$|[\w -]{2,40} (?:is|are) my favou?rite [\w ]+", UNSURE),
    _p(r"i(?:'d| would) rather \w+ .+ than .+", UNSURE),
    _p(r"i (?:don't |do not )?(?:belong to|believe in) (?!this|that|it|the idea|you)\S+|i(?:'m| am) (?:an? "
       r"(?:\w+ )?"
       r"member of|active in|involved in) \S+", LIKELY),
    _p(rf"(?:i|we)(?:'m|'re| am| are|'ve| have)? (?:also )?(?:raising|raised?|adopted|fostering|foster) "
       rf"(?:\w+ )*"
       rf"(?:{_KIN}|boys?|girls?)\b|my late (?:{_KIN}) was|(?:my|our) (?:youngest|eldest|oldest|middle "
       rf"one),? \S+"
       rf"|i(?:'m| am) (?:a |the )?(?:proud )?(?:father|mother|mum|mom|dad|parent|guardian) (?:of|to) \S+",
       LIKELY),
    _p(r"(?:i|we) (?:haven't|have not|'ve not) \w+ .*(?:in (?:[\w-]+ )?years|since \w+|for (?:[\w-]+ "
       r")?years)$", LIKELY),
    _p(rf"i (?:repair|restore|translate|sell|design|build|deliver|photograph|coach|train|breed|tune|farm|"
       rf"edit|import)"
       rf"{_DEIXIS} (?:old |new |used )?[\w-]+s\b(?!')", UNSURE),
    _p(r"i(?:'m| am) in charge of (?!this|that|it)\S+|i (?:address|greet) my \w+ as \S+|i go by \S+$",
       LIKELY),
    _p(r"i(?:'m| am| turned| just turned|'ve just turned) (?:now )?\d{1,3}(?: years old| now)?$", SURE),
    _p(rf"(?:i|we)(?:'m|'re| am| are) (?:now |no longer |not |not very |very |also |quite |severely |"
       rf"really |a strict |"
       rf"an? |strictly |happily |recently |extremely |currently |deathly |lifelong |practising |partly )*"
       rf"(?:{_IS})s?{_DEIXIS}", SURE),
    _p(rf"i(?:'m| am) (?:currently |now |also |by trade )?an? (?!(?:\w+ )?{_NO_TRADE})"
       rf"(?:[\w-]+ ){{0,4}}{_TRADE}\b(?! (?:than|in this|to (?:this|that|the)))", LIKELY),
    _p(r"i (?:now |currently |also )?work (?:as|for|at|in|with(?! what)|from home|nights|part[- ]time|"
       r"full[- ]time|"
       r"shifts|remotely|freelance)\b", SURE),
    _p(r"i (?:run|own|manage|founded) (?:an?|my own|two|three|our) (?:[\w-]+ ){0,3}(?:shop|business|company|"
       r"caf[ée]|bakery|restaurant|farm|studio|hotel|practice|club|team|choir|blog|podcast|firm|agency|"
       r"workshop|garage|school|kennel|orchard|vineyard|bookshop|salon|charity)\b", SURE),
    _p(rf"(?:i|we)(?:'ve got| have got| have|'ve) (?:also )?(?:{_COUNT} |[\w-]+ly )*(?:[\w-]+ ){{0,2}}"
       rf"(?:{_HAVE})\b(?!'s)", LIKELY),
    _p(rf"(?:i|we) (?:really |also )?(?:can't|cannot|don't|do not|never|no longer) (?:\w+ )?(?:eat|drink|"
       rf"smoke|drive|swim|stand|speak|own|tolerate|like|enjoy|fly|wear|use|watch|celebrate|read|cook|have "
       rf"(?:children|kids|a car|a licence|a license|a television|a tv|pets|siblings)){_DEIXIS}", LIKELY),
    _p(rf"(?:i|we) {_ADVERB}*{_LIKE}(?! (?:to(?! be)|for)\b){_DEIXIS} \S+", UNSURE),
    _p(rf"(?:i|we) {_ADVERB}*play{_DEIXIS} \S+", UNSURE),
    _p(rf"(?:i|we) {_OFTEN} {_DO}{_DEIXIS} \S+", UNSURE),
    _p(rf"i {_ADVERB}*(?:{_AIDS}\b|(?:wear|grow|drive|study|cook|bake|swim|sing)(?! (?:to|"
       rf"for)\b){_DEIXIS} [^\W\d]+)", UNSURE),
    _p(r"i (?:studied|graduated|qualified|trained) (?:[\w-]+ ){0,4}(?:in|at|as) \S+", LIKELY),
    _p(r"i(?:'ve| have) been (?:an? |married|divorced|single|retired|self-employed)(?:.*\b(?:since|for)\b)",
       LIKELY),
    _p(r"(?:my|our) (?:dog|cat|horse|rabbit) is an? (?:[\w-]+ )?[\w-]+$", UNSURE),
    _p(r"i(?:'ve)? (?:quit|stopped|gave up|given up) (?:smoking|drinking)\b", LIKELY),
    _p(r"i(?:'m| am) the (?:eldest|oldest|youngest|middle|only) \w+", LIKELY),
    _p(r"(?:i'm|i am|we're|we are) expecting (?:a baby|a child|twins|our)\b", LIKELY),
    _p(rf"(?:i|we) {_ADVERB}*\w+ (?:[\w'-]+ ){{0,8}}{_HABIT}$", UNSURE),
    _p(r"i(?:'m| am) (?:currently )?(?:learning|studying|training for|writing a (?:book|novel|thesis) |"
       r"doing an apprenticeship|doing a phd)(?! about| how| more| for (?:my|an?|the) (?:exam|"
       r"test))\b", UNSURE),
    _p(r"i(?:'m| am) (?:not |really not )(?:an? )(?:big |great |huge )?(?:fan of|morning person|drinker|"
       r"smoker)", LIKELY),
    _p(rf"(?:my|our) (?:[\w-]+ )?(?:{_KIN})(?:'s name)?(?:{_NAMED})? (?:is|are) (?:now )?(?:called|named|"
       rf"{_NAMES}$)",
       SURE),
    _p(rf"(?:my|our) (?:[\w-]+ )?(?:{_FAMILY})(?:{_NAMED})? (?:is|are) (?:now )?(?:\d{{1,3}}(?: years old)?"
       rf"(?: and .*)?$|(?:a strict |an? |severely |very |both |not |no longer )*(?:{_IS}|(?:[\w-]+ "
       rf")?{_TRADE}$))", SURE),
    _p(rf"(?:my|our) (?:[\w-]+ )?(?:{_FAMILY})(?:{_NAMED})? (?:now |always |never |only )*"
       r"(?:lives?|works?|stud(?:y|ies)|plays?|loves?|likes?|hates?|goes to|attends?|speaks?|"
       r"was born|turned \d+|has turned \d+|has (?:an? )?(?:\w+ )?(?:allerg\w+|asthma|diabetes|dementia|"
       rf"autism|adhd)|can't eat|doesn't eat|suffers from){_DEIXIS}", LIKELY),
    _p(r"my (?:favou?rite [\w ]+|birthday|(?:home |postal )?address|e-?mail(?: address)?|"
       r"(?:phone |mobile |member |customer |passport )?number|home ?town|blood (?:type|group)|job|"
       r"profession|hobb(?:y|ies)|native language|mother tongue|surname|nickname|height|shoe size|diet|"
       r"star sign|religion|nationality|pronouns|dream|allergies) (?:is|are) (?!wrong|missing|broken|"
       r"not)", SURE),
)  # fmt: skip
"""What a clause must begin with to say something lasting, and how sure that is."""

WISHES: Final = (
    _p(r"(?:please )?(?:always|never) (?:answer|write|reply|call|use|address|greet|sign|speak|talk|give|keep|"
       r"put|start|begin|end|explain|suggest|recommend|offer|send)\b(?!.*\b(?:above|below|attached|errors?|"
       r"files?)\b)", LIKELY),
    _p(r"(?:please )?(?:don't|do not) (?:call|address) me \S+", LIKELY),
    _p(r"(?:please )?(?:use|write|answer|reply|keep|speak|explain|talk|call)\b.*\b(?:from now on|in (?:the "
       r")?future|"
       r"in general|(?:whenever|every time|each time) you \w+.*|in all (?:your )?answers|by default)$",
       LIKELY),
)  # fmt: skip
"""What a clause must begin with to be a wish for every answer; it may speak to the assistant."""

PASSING: Final = re.compile(
    r"(?<!^i )(?<!\bis )(?<!\bam )(?<!'m )(?<!\bhave )\bnow\b|\b(?:today|tonight|tomorrow|yesterday|"
    r"right now|just now|at the moment|for now|this (?:morning|evening|"
    r"afternoon|week|weekend|month|time|year)|next (?:week|month|time|year|\w+day)|last (?:night|week|time|"
    r"month|\w+day)|in (?:a|an|ten|five|\d+) (?:minutes?|hours?|days?)|soon|currently (?:trying|looking|"
    r"working on|stuck)|so far|these days only|for the (?:first|last) time|you|your|yours|you're|"
    r"below|above(?! (?:an?|the|my|our) (?!text|list|code)\w+)|attached|here|errors?|files?|scripts?|"
    r"functions?|bugs?|code|logs?|outputs?|"
    r"exceptions?)\b|\?",
    re.IGNORECASE,
)
"""Words that tie a sentence to the moment, or to this talk."""
