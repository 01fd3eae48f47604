"""The words with which people tell lasting things about themselves, language by language.

English has rules of its own in `phrases`; all other languages share those of `draw_rules`, and each is
one row of words in the table here.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """Alternatives of regular expressions, in small letters, with their subject where there is one."""

    called: str
    live: str
    moved: str
    work: str
    aged: str
    am: str
    am_not: str
    """With what stands before the word that holds no longer."""
    between: str
    """May stand after "am" and after "have"."""
    diet: str
    married: str
    being: str
    have: str
    having: str
    do: str
    """Verbs that say what somebody likes, does or never does."""
    goes: str
    """What a sentence about a habit begins with."""
    habit: str
    my: str
    kin: str
    others: str
    """Of whom only the names are taken: the rest is theirs to tell."""
    is_called: str
    is_aged: str
    of_kin: str
    which: str
    """What there is one of, with "is"."""
    they_are: str
    always: str
    """Wishes for every answer."""
    smoke: str
    doubt: str
    passing: str
    asks: str
    leads: str
    links: str
    mine: str
    """First words of clauses about oneself."""
    played: str
    """Signs that "I" is somebody else."""


LANGUAGES: Final = (
    Language(
        called=r"ich heiße|mein (?:vor|nach)?name ist|man nennt mich|nenn(?:en sie)? mich(?: bitte)?",
        live=r"(?:ich|wir) (?:wohnen?|leben?)(?: jetzt| seit \w+(?: \w+)?)? (?:in|bei|am|auf|an|mit|zu|"
             r"allein)"
             r"|ich komme aus",
        moved=r"(?:ich bin|wir sind) (?:[\w.]+ ){0,3}nach \w+ (?:um)?gezogen",
        work=r"ich (?:arbeite|jobbe) (?:seit \w+ )?(?:als|bei|in|im|für|nachts|schicht|von zu hause)",
        aged=r"ich bin (?:jetzt |schon )?\d{1,3}(?: jahre alt)?$",
        am="ich bin|wir sind",
        am_not=r"ich bin (?:keine?|nicht) (?=.*mehr\b)",
        between=r"jetzt|nun|von beruf|gelernte[rn]?|eine?|einen|seit \w+|nicht|kein\w*|sehr|stark|auch|"
                r"schwere?s?",
        diet=r"vegetarier(?:in)?|veganer(?:in)?|vegetarisch|vegan|pescetarier(?:in)?",
        married="verheiratet|ledig|geschieden|verwitwet|verlobt|single",
        being=r"rentner(?:in)?|schwanger|allergisch|schwerhörig|gehörlos|blind|farbenblind|taub|kurzsichtig|"
              r"diabetiker(?:in)?|asthmatiker(?:in)?|linkshänder(?:in)?|legasthenisch|selbst(?:st)?ändig|"
              r"arbeitslos|muslim(?:in|isch)?|katholisch|evangelisch|jüdisch|buddhist(?:in)?|atheist(?:in)?|"
              r"frühaufsteher(?:in)?|nachteule|[\w]*(?:pfleger|schwester|lehrer|ärzt|arzt|fahrer|macher|koch|"
              r"köch|bäcker|anwalt|anwält|händler|meister|verkäufer|ingenieur|informatiker|wirt|student|"
              r"beamte|bauer|bäuer|tischler|leiter|arbeiter|techniker|berater)(?:in)?|vater|mutter|"
              r"alleinerziehend|deutsche[r]?|österreicher(?:in)?|schweizer(?:in)?|griech(?:e|in)|"
              r"türk(?:e|in)|italiener(?:in)?",
        have="(?:ich|wir) haben?",
        having=r"\w*(?:allergie|unverträglichkeit|intoleranz|phobie|krankheit|behinderung)|asthma|diabetes|"
               r"epilepsie|migräne|rheuma|bluthochdruck|höhenangst|flugangst|heuschnupfen|tinnitus|adhs|"
               r"neurodermitis|(?:söhne?|sohn|töchter|tochter|kind(?:er)?|geschwister|zwillinge?|enkel\w*|"
               r"brüder|bruder|schwestern?|hunde?|katzen?|kater|pferde?|hühner|garten|führerschein|auto|"
               r"hof|laden|firma|hörgerät\w*|rollstuhl)",
        do=r"ich (?:mag|liebe|hasse|spreche|sammle|rauche|vertrage|bevorzuge|spiele|lerne|studiere|züchte|"
           r"unterrichte|stottere)|ich (?:esse|trinke|fahre|schaue|lese|höre) (?:nie|kein\w*|nur|gern\w*|"
           r"lieber|am liebsten|oft|immer)|ich kann (?:nicht|kein\w*)|wir (?:essen|trinken) (?:nie|kein\w*|"
           r"nur)"
           r"|ich habe angst vor",
        goes=r"(?:ich|wir) \w+",
        habit=r"jede[nrs]? (?:tag|morgen|abend|woche|monat|jahr|sommer|winter|montag|dienstag|mittwoch|"
              r"donnerstag|freitag|samstag|sonntag|wochenende)|(?:montags|dienstags|mittwochs|donnerstags|"
              r"freitags|samstags|sonntags|täglich)|\w+mal (?:pro|in der|im) \w+",
        my=r"mein\w*|unser\w*",
        kin=r"tochter|sohn|kind|kinder|frau|mann|partner(?:in)?|freund(?:in)?|hund|hündin|katze|kater|"
            r"bruder|schwester|mutter|vater|eltern|oma|opa|enkel(?:in)?|zwillinge|neffe|nichte|tante|onkel",
        others=r"chef(?:in)?|nachbar(?:in)?|vermieter(?:in)?|kolleg(?:e|in)|lehrer(?:in)?|ärztin|arzt",
        is_called=r"heißt|heißen",
        is_aged=r"(?:ist|sind|wird) (?:jetzt |schon )?\d{1,3}",
        of_kin=r"wohnt|lebt|arbeitet|studiert|spielt|liebt|hasst|mag kein\w*|hat (?:eine? )?\w*(?:allergie|"
               r"asthma|diabetes|demenz)|verträgt kein\w*",
        which=r"(?:mein\w*) (?:lieblings\w+|geburtstag|muttersprache|beruf|hobb(?:y|ys)|schuhgröße|adresse|"
              r"blutgruppe|heimatstadt) (?:ist|sind)",
        they_are="(?:ist|sind)",
        always=r"(?:bitte )?(?:antworte|schreibe?|nenne?|verwende|benutze|erkläre) (?:mir |mich )?(?:bitte )?"
               r"(?:immer|nie|niemals)|(?:bitte )?(?:duze|sieze) mich",
        smoke=r"ich (?:rauche|habe (?:\w+ )*(?:mit dem )?rauchen aufgehört)",
        doubt=r"wenn|falls|ob|würden?|könnten?|vielleicht|wäre|hätte|früher|damals|angenommen|sagt|sagte|"
              r"glaube|als (?:ich|wir) (?:\w+ )?(?:klein|jung|kind)|überlege|möchte",
        passing=r"heute|(?<!jeden )morgen|gestern|gerade|eben|bald|hier|momentan|diese (?:woche|nacht)|"
                r"nachher|hunger|durst|du|dich|"
                r"dein\w*|das hier|dies\w*|termin|frage",
        asks="was|welche\\w*|wie|wo|wann|warum|wer|kann|soll|darf|muss|brauche",
        leads="da|weil|und|aber|also|übrigens|außerdem|jetzt|merk dir(?: bitte)?,?(?: dass)?|zur info",
        links="und|aber|denn|weil|deshalb",
        mine=r"ich|wir|mein\w*|unser\w*",
        played=r"(?:sehr geehrte\w*|liebe[rs]?|hallo) [^.?!\n]{0,40},?[ \t]*\n|(?:geschichte|gedicht|märchen|"
               r"einen roman|monolog|witz|rätsel)\b|stell dir vor|übersetz\w*|korrigier\w*|"
               r"fass\w* (?:das|den|die|\w+:)|zusammenfass\w*",
    ),
    Language(
        called=r"je m'appelle|mon (?:prénom|nom) est|on m'appelle|appel(?:le|ez)-moi",
        live=r"j'habite|(?:je vis|nous vivons|nous habitons|on habite) (?:à|en|dans|près|avec|seul\w*|chez|"
             r"au|sur)"
             r"|je viens d(?:e|u|es|')|je suis originaire",
        moved=r"(?:j'ai|nous avons) (?:\w+ )?déménagé (?:à|en|au|dans)|je me suis installée? (?:à|en|au)",
        work=r"je (?:travaille|bosse) (?:comme|chez|à|en|dans|pour|de nuit|la nuit|au)",
        aged=r"j'ai (?:maintenant )?\d{1,3} ans",
        am="je suis|nous sommes",
        am_not=r"je ne suis (?:plus|pas)",
        between=r"maintenant|très|aussi|une?|pas|plus|désormais|devenue?",
        diet=r"végétarien(?:ne)?s?|végane?s?|végétalien(?:ne)?s?|pescétarien(?:ne)?s?",
        married=r"mariée?s?|célibataires?|divorcée?s?|veu(?:f|ve)|fiancée?s?|pacsée?s?",
        being=r"retraitée?|enceinte|allergique|diabétique|asthmatique|épileptique|sourde?|malentendante?|"
              r"aveugle|daltonien(?:ne)?|gauch(?:er|ère)|dyslexique|handicapée?|musulmane?|catholique|"
              r"juif|juive|bouddhiste|athée|professeure?|infirmi(?:er|ère)|médecin|\w*(?:ateur|atrice|iste|"
              r"icien(?:ne)?|anger|angère|inier|inière|eur de \w+|euse de \w+)|avocate?|chômeu(?:r|se)|"
              r"indépendante?|ingénieure?|étudiante?|père|mère|française?|belge|suisse|grec(?:que)?|"
              r"italien(?:ne)?|turque?|lève-tôt|intolérante?",
        have=r"j'ai|nous avons|on a",
        having=r"(?:[\w'-]+ ){0,2}(?:asthme|diabète|épilepsie|migraines?|arthrose|hypertension|eczéma|"
               r"vertige|"
               r"allergie|phobie|handicap|maladie \w+)|(?:filles?|fils|enfants?|frères?|sœurs?|jumeaux|"
               r"jumelles|petits-enfants|chiens?|chats?|cheval|chevaux|poules|jardin|permis|voiture|ferme|"
               r"boutique|entreprise|fauteuil roulant)|peur d(?:e|u|es)|horreur d(?:e|u|es)",
        do=r"j'(?:aime|adore|évite|enseigne|apprends)|je (?:déteste|préfère|collectionne|parle|fume|joue "
           r"(?:du|de|"
           r"au|aux)|ne (?:mange|bois|fume|supporte|conduis|porte|parle) (?:pas|plus|jamais|que)|ne sais pas "
           r"(?:nager|conduire)|n'aime pas|bégaie)|nous ne mangeons (?:pas|plus|jamais)",
        goes=r"(?:je|nous|on) \w+|j'\w+",
        habit=r"tous les (?:jours|matins|soirs|lundis|mardis|mercredis|jeudis|vendredis|samedis|dimanches|"
              r"étés|"
              r"hivers|ans|mois)|toutes les semaines|chaque (?:jour|matin|soir|semaine|mois|été|hiver|année)|"
              r"le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|\w+ fois par \w+",
        my="ma|mon|mes|notre|nos",
        kin=r"fille|fils|enfants?|femme|mari|compagne|compagnon|copain|copine|chien(?:ne)?|chatte?|frère|"
            r"sœur|mère|père|parents|mamie|papi|grand-mère|grand-père|jumeaux|neveu|nièce|tante|oncle",
        others=r"cheffe?|patron(?:ne)?|voisine?|propriétaire|amie?|collègue|professeure?|médecin",
        is_called=r"s'appellent?",
        is_aged=r"(?:a|ont) (?:maintenant )?\d{1,3} ans",
        of_kin=r"habite|vit (?:à|en|avec|chez)|travaille (?:comme|chez|à|en|pour)|étudie|joue d|adore|"
               r"déteste|"
               r"ne mange pas|a (?:de l'|du |une )?(?:asthme|diabète|allergie)",
        which=r"(?:mon|ma) [\w ]{2,25} préférée?s? (?:est|sont)|(?:mon|ma|mes) (?:anniversaire|langue "
              r"maternelle|métier|profession|adresse|pointure|groupe sanguin|ville natale) (?:est|sont)",
        they_are="(?:est|sont)",
        always=r"(?:réponds|répondez|écris|écrivez|utilise|utilisez)(?:-moi)? toujours|ne \S+ jamais|"
               r"tutoie-moi|vouvoie-moi|(?:appelle|appelez)-moi toujours",
        smoke=r"je (?:fume|ne fume (?:pas|plus))|j'ai arrêté de fumer",
        doubt=r"si|peut-être|serais?|pourrais?|voudrais?|aimerais?|autrefois|quand j'étais|jadis|dit que|"
              r"croit que|je crois|je pense|^avant\b,?",
        passing=r"aujourd'hui|demain|hier|ce (?:matin|soir)|cette (?:semaine|nuit)|en ce moment|tout de "
                r"suite|"
                r"tu|vous|ton|ta|tes|votre|vos|ceci|cela|ça|ici|faim|soif|question|rendez-vous",
        asks=r"que|quoi|quel\w*|comment|où|quand|pourquoi|qui|combien|puis-je|dois-je|est-ce",
        leads=r"et|mais|comme|puisque|au fait|maintenant|donc|note(?:z)? que|sache(?:z)? que|pour info",
        links="et|mais|car|parce que|donc",
        mine=r"je|j'\w+|nous|mon|ma|mes|notre|nos",
        played=r"(?:cher|chère|chers|bonjour|monsieur|madame)\b[^.?!\n]{0,40},?[ \t]*\n|(?:conte|histoire|"
               r"poème|"
               r"un roman|chanson|dialogue|monologue|devinette|blague)\b|imagine[sz]?\b|supposons|tradui\w+|"
               r"corrige\w*|résume\w*|fais comme si",
    ),
    Language(
        called=r"me llamo|mi nombre es|ll[aá]m(?:a|e)me|me llaman|me dicen",
        live=r"(?:yo |nosotros )?(?:vivo|vivimos) (?:en|con|cerca|sol[oa]|a)|vengo de|(?:yo )?soy de",
        moved=r"me mudé (?:a|al)|nos mudamos (?:a|al)|me he mudado (?:a|al)|nos hemos mudado (?:a|al)",
        work=r"(?:yo )?trabajo (?:como|de|en|para|por)|me dedico a",
        aged=r"(?:yo )?tengo (?:ya )?\d{1,3} años",
        am="(?:yo )?soy|estoy|(?:nosotros )?somos",
        am_not=r"(?:yo )?(?:ya )?no soy",
        between=r"ahora|una?|muy|también|no|ya|un poco",
        diet=r"vegetarian[oa]s?|vegan[oa]s?|pescetarian[oa]s?",
        married=r"casad[oa]s?|solter[oa]s?|divorciad[oa]s?|viud[oa]|prometid[oa]s?|separad[oa]s?",
        being=r"celíac[oa]|alérgic[oa]|diabétic[oa]|asmátic[oa]|epiléptic[oa]|médic[oa]|maestr[oa]|"
              r"profesora?|jubilad[oa]|enfermer[oa]|embarazada|sord[oa]|cieg[oa]|daltónic[oa]|zurd[oa]|"
              r"disléxic[oa]|musulm[aá]na?|católic[oa]|judí[oa]|budista|ate[oa]|autónom[oa]|ingenier[oa]|"
              r"abogad[oa]|estudiante|cociner[oa]|panader[oa]|camarer[oa]|\w+(?:ista|ólog[oa])|conductora?|"
              r"padre|madre|español[a]?|mexican[oa]|argentin[oa]|grieg[oa]|italian[oa]|chilen[oa]|"
              r"colombian[oa]|madrugadora?|intolerante",
        have=r"(?:yo )?tengo|(?:nosotros )?tenemos|padezco|sufro de",
        having=r"asma|diabetes|epilepsia|migrañas?|artritis|hipertensión|eczema|vértigo|alergia|fobia|"
               r"discapacidad|(?:hij[oa]s?|niñ[oa]s|herman[oa]s?|gemel[oa]s|niet[oa]s?|perr[oa]s?|gat[oa]s?|"
               r"caballos?|gallinas|jardín|huerto|carné|coche|granja|tienda|empresa|silla de ruedas)|"
               r"miedo a(?:l)?",
        do=r"(?:yo )?(?:odio|detesto|adoro|prefiero|colecciono|evito|fumo|enseño|estudio|aprendo|toco|"
           r"tartamudeo|hablo)|(?:no )?me (?:gustan?|encantan?)|(?:yo |ya )*no (?:como|bebo|fumo|conduzco|"
           r"soporto|tolero|"
           r"sé nadar|sé conducir|comemos)|(?:sólo|solo) (?:como|bebo)",
        goes=r"(?:yo )?\w+(?:o|oy|mos)",
        habit=r"todos los (?:días|lunes|martes|miércoles|jueves|viernes|sábados|domingos|veranos|inviernos|"
              r"meses|años)|todas las (?:mañanas|tardes|noches|semanas)|cada (?:día|mañana|noche|semana|mes|"
              r"verano|año|lunes|martes|jueves|viernes)|los (?:lunes|martes|miércoles|jueves|viernes|sábados|"
              r"domingos)|\w+ ve(?:z|ces) (?:a|por) (?:la |al )?\w+",
        my="mis?|nuestr[oa]s?",
        kin=r"hij[oa]s?|mujer|marido|espos[oa]|pareja|novi[oa]|perr[oa]|gat[oa]|herman[oa]s?|madre|padre|"
            r"padres|abuel[oa]|niet[oa]|gemel[oa]s|sobrin[oa]|tí[oa]",
        others=r"jef[ae]|vecin[oa]|caser[oa]|amig[oa]|compañer[oa]|profesora?|médic[oa]",
        is_called=r"se llaman?",
        is_aged=r"(?:tiene|tienen) (?:ya )?\d{1,3} años",
        of_kin=r"vive|trabaja (?:como|de|en|para)|estudia|toca (?:el|la)|adora|odia|no come|tiene (?:asma|"
               r"diabetes|"
               r"alergia|demencia)",
        which=r"mi [\w ]{2,25} (?:favorit|preferid)[oa]s? (?:es|son)|mi (?:cumpleaños|lengua materna|"
              r"profesión|"
              r"oficio|dirección|talla|grupo sanguíneo|ciudad natal) (?:es|son)",
        they_are="(?:es|son|está|están)",
        always=r"(?:responde|contesta|escribe|usa|utiliza)(?:me)? siempre|nunca (?:uses|me llames|escribas|"
               r"respondas)|(?:siempre )?tutéame|háblame (?:siempre )?de",
        smoke=r"(?:yo )?(?:ya )?(?:no )?fumo|he dejado de fumar|dejé de fumar",
        doubt=r"si|quizás?|tal vez|podría|sería|fuera|quisiera|gustaría|ojalá|cuando era|dice que|dicen que|"
              r"creo que|pienso que|^antes\b,?|solía|de joven",
        passing=r"hoy|(?<!cada )(?<!la )mañana|ayer|ahora mismo|esta (?:mañana|tarde|noche|semana)|en este "
                r"momento|"
                r"pronto|tú|usted|tus?|su|esto|eso|aquí|hambre|sed|sueño|pregunta|cita",
        asks=r"¿?(?:qué|cuál\w*|cómo|dónde|cuándo|por qué|quién|cuánt\w*|puedo|debo|hay)",
        leads=r"y|pero|como(?= (?:soy|vivo|tengo|trabajo|me|no))|porque|por cierto|ahora|así que|recuerda "
              r"que|ten en cuenta que|que sepas que",
        links="y|pero|porque|así que",
        mine=r"soy|vivo|tengo|trabajo|me (?:llamo|mudé|gusta\w*|encanta\w*|dedico)|mis?|yo|no como|"
             r"nuestr[oa]s?",
        played=r"(?:estimad[oa]s?|querid[oa]s?|hola)\b[^.?!\n]{0,40}[,:]?[ \t]*\n|(?:cuento|historia|poema|"
               r"novela|canción|diálogo|monólogo|adivinanza|chiste)\b|imagin[ae]\b|supon\w+|traduc\w+|"
               r"corrig\w+|resúm\w+|resume (?:esto|este|el|la)|haz como si",
    ),
)  # fmt: skip
