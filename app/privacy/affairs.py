"""Whether a text is about the person's own affairs: letters, applications, what he says about his life."""

from app.privacy.letters import in_small, small

_MINE = (
    "cv|resume|résumé|company|business|boss|manager|team|job|employer|work|career|startup|client|customer"
    "|colleague|school|university|professor|teacher|office|landlord|landlady|family|wife|husband|mother|father"
    "|mom|mum|dad|son|daughter|brother|sister|uncle|aunt|cousin|friend|girlfriend|boyfriend|partner|neighbou?r"
    "|doctor|lawyer|thesis|application|visa|flight|website|shop|store|channel|class|student|project|proposal"
    "|presentation|interview|scholarship|experience"
)
_OURS = (
    "company|team|business|office|school|client|customer|supplier|vendor|hotel|shop|store|factory|product"
    "|website|project|session|meeting|service|transaction"
)
_PLANS = "apply|work|move|study|buy|rent|sell|join|visit|meet|start|open"
_ENGLISH = (
    r"dear \w{1,20}|(?:hello|hi) (?:team|all|everyone)|(?:kind|best|warm) regards|sincerely"
    r"|yours (?:sincerely|faithfully)|thank you for (?:your|the)",
    r"(?:write|draft|compose|reply|respond|rewrite|rephrase|send|formal|make|create|need|want|professional)"
    r"(?: \w{1,12}){0,4}? (?:e-?mail|mail|letter|cover letter|appeal|complaint|message|reply|speech|bio|cv"
    r"|resume|résumé)",
    r"paraphrase|proof-?read|rephrase|rewrite|reword|polish|correct (?:this|the|my)|(?:e-?)?mail to"
    r"|cover letter",
    rf"my (?:{_MINE})s?",
    rf"our (?:{_OURS})s?",
    r"your company has|we (?:are an?|have developed|offer|provide|launched|sell|ship|moved|met)",
    r"i (?:work|live|study|teach|own|run|applied|apply|am applying|was born|moved|graduated|joined|lost|left"
    r"|leave|bought|sold|am interviewing|have (?:an?|\d+) (?:interview|job|years?))",
    rf"i (?:want|need|plan|have|hope|would like|am going) to (?:{_PLANS})|i'd like to (?:{_PLANS})",
    r"i(?:'m| am) (?:an?|the|from|currently|working|writing|living|studying)",
    r"as an? (?:freelancer|student|teacher|nurse|doctor|developer|manager|employee|contractor|tenant"
    r"|customer)",
    r"during my|look(?:ing)? forward to",
)
_OTHERS = (
    r"je (?:suis|travaille|vis|habite)|mon (?:entreprise|patron|mari|travail)|ma (?:femme|société|fille|mère)"
    r"|notre (?:entreprise|société|client)",
    r"ich (?:arbeite|wohne|bin|lebe|studiere)|mein(?:e[mnrs]?)? (?:firma|chef|frau|mann|arbeit)"
    r"|unser(?:e[mnrs]?)? (?:firma|kunde|team)",
    r"(?:trabajo|vivo|estudio) en|mi (?:empresa|jefe|esposa|marido|trabajo)|nuestr[ao] (?:empresa|cliente)",
    r"(?:lavoro|vivo|abito|studio) (?:a|in|per)|(?:trabalho|moro|estudo) (?:em|na|no)",
    r"я (?:работаю|живу|учусь)|моя (?:компания|жена)|наша (?:компания|команда)",
)
_UNSPACED = "谢谢你|我们|我的|我在|私の|私は|شركتي|عملي|أحتاج"
_OWN = in_small(rf"(?<!\w)(?:{'|'.join((*_ENGLISH, *_OTHERS))})(?!\w)|{_UNSPACED}")


def is_own(text: str) -> bool:
    """Say whether somebody speaks of his own life or work."""
    return _OWN.search(small(text)) is not None
