"""Words for what people are, by what may be said instead: jobs, nations, studies, illnesses."""

from collections.abc import Mapping
from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _by_word(groups: Mapping[str, str]) -> Mapping[str, str]:
    return {word: vague for vague, words in groups.items() for word in words.split()}


JOBS: Final = _by_word(
    {
        "health worker": "anaesthetist anesthesiologist caregiver carer chiropractor clinician dentist "
        "dermatologist dietitian doctor gp gynecologist hygienist medic midwife neurologist nurse "
        "nutritionist oncologist optician optometrist orthodontist paediatrician paramedic pathologist "
        "pediatrician pharmacist phlebotomist physician physiotherapist podiatrist psychiatrist psychologist "
        "radiographer radiologist surgeon therapist vet veterinarian",
        "education worker": "childminder kindergartener lecturer librarian nanny principal professor "
        "schoolteacher superintendent teacher tutor",
        "technical worker": "analyst architect coder developer engineer machinist mechanic programmer "
        "sysadmin technician tester webmaster",
        "legal worker": "advocate attorney bailiff barrister judge lawyer magistrate notary paralegal "
        "prosecutor solicitor",
        "public servant": "ambassador bureaucrat clerk councillor councilman councilwoman diplomat "
        "firefighter "
        "fireman mayor officer policeman policewoman politician postman ranger senator sheriff soldier "
        "marine sailor sergeant detective",
        "tradesperson": "blacksmith bricklayer builder cabinetmaker carpenter decorator electrician glazier "
        "handyman jeweler joiner landscaper locksmith mason painter plasterer plumber roofer tailor tiler "
        "upholsterer welder woodworker",
        "service worker": "attendant baker barber barista bartender beautician butcher butler caterer "
        "cashier "
        "chef cleaner cook dishwasher doorman florist gardener hairdresser housekeeper janitor maid "
        "manicurist receptionist salesman salesperson saleswoman secretary shopkeeper stylist waiter "
        "waitress",
        "business person": "accountant actuary auditor banker bookkeeper broker buyer ceo cfo consultant "
        "copywriter cto economist entrepreneur executive founder landlord manager marketer recruiter realtor "
        "supervisor trader treasurer underwriter",
        "transport worker": "captain conductor courier dispatcher driver pilot skipper steward stewardess "
        "trucker",
        "land worker": "beekeeper farmer fisherman forester logger miner rancher shepherd winemaker",
        "creative person": "actor actress animator artist author blogger cartoonist choreographer comedian "
        "composer curator dancer designer dj editor filmmaker illustrator influencer journalist model "
        "musician novelist photographer pianist playwright podcaster poet producer reporter sculptor singer "
        "songwriter streamer translator violinist writer youtuber",
        "researcher": "archaeologist astronomer biologist botanist chemist geologist historian linguist "
        "mathematician meteorologist physicist researcher scientist sociologist statistician zoologist",
        "community worker": "chaplain clergyman counselor counsellor deacon imam missionary monk nun pastor "
        "priest rabbi reverend social-worker vicar",
        "sports person": "athlete boxer coach cyclist footballer goalkeeper jockey referee swimmer",
    }
)
"""What somebody is by trade, with a wider word for it."""

FIELDS: Final = _words(
    "accounting advertising agriculture banking broadcasting catering childcare construction consulting "
    "cybersecurity education engineering fashion finance forestry healthcare hospitality hr insurance it "
    "journalism law logistics manufacturing marketing medicine mining nursing pharma policing procurement "
    "publishing recruiting recruitment retail sales security shipping software tech telecoms tourism"
)
BUSINESSES: Final = (
    r"bakery|bar|barbershop|boutique|business|cafe|café|clinic|company|daycare|dealership|dental practice"
    r"|farm|firm|garage|gym|hotel|law firm|nursery|pharmacy|practice|pub|restaurant|salon|shop|startup|store"
    r"|studio|workshop"
)
SUBJECTS: Final = _words(
    "accounting anthropology archaeology architecture art astronomy biochemistry biology business chemistry "
    "classics dentistry economics education engineering film finance geography geology history informatics "
    "journalism law linguistics literature marketing mathematics maths math medicine music neuroscience "
    "nursing "
    "pharmacy philosophy photography physics politics psychology sociology statistics theology"
)

NATIONS: Final = _by_word(
    {
        "European": "albanian austrian basque belgian bosnian british bulgarian catalan croatian cypriot "
        "czech "
        "danish dutch dutchman dutchwoman english englishman englishwoman estonian finn finnish flemish "
        "french "
        "frenchman frenchwoman german greek hungarian icelandic irish irishman irishwoman italian latvian "
        "lithuanian maltese norwegian pole polish portuguese roma romanian russian scot scottish serbian "
        "slovak slovenian spaniard spanish swede swedish swiss ukrainian welsh welshman welshwoman",
        "Asian": "afghan armenian azerbaijani bangladeshi burmese cambodian chinese filipina filipino "
        "georgian "
        "indian indonesian japanese kazakh korean laotian malay malaysian mongolian nepalese nepali "
        "pakistani "
        "punjabi singaporean taiwanese tamil thai tibetan uzbek vietnamese",
        "Middle Eastern": "arab egyptian emirati iranian iraqi israeli jordanian kurdish kuwaiti lebanese "
        "omani "
        "palestinian persian qatari saudi syrian turk turkish yemeni",
        "African": "algerian angolan cameroonian congolese eritrean ethiopian ghanaian ivorian kenyan libyan "
        "moroccan namibian nigerian rwandan senegalese somali sudanese tanzanian tunisian ugandan zambian "
        "zimbabwean",
        "American": "american canadian hawaiian texan californian québécois",
        "Latin American": "argentine argentinian bolivian brazilian chilean colombian cuban dominican "
        "ecuadorian "
        "guatemalan haitian hispanic honduran jamaican latina latino mexican nicaraguan panamanian "
        "paraguayan "
        "peruvian salvadoran uruguayan venezuelan",
        "from the Pacific": "aboriginal australian aussie fijian kiwi maori samoan tongan",
    }
)

COUNTRIES: Final = {
    city: country
    for country, cities in {
        "Australia": "Adelaide,Brisbane,Canberra,Melbourne,Perth,Sydney",
        "Austria": "Graz,Innsbruck,Linz,Salzburg,Vienna",
        "Belgium": "Antwerp,Bruges,Brussels,Ghent",
        "Brazil": "Brasília,Porto Alegre,Recife,Rio de Janeiro,Salvador,São Paulo",
        "Canada": "Calgary,Edmonton,Halifax,Montreal,Ottawa,Toronto,Vancouver,Winnipeg",
        "China": "Beijing,Guangzhou,Nanjing,Shanghai,Shenzhen,Wuhan",
        "Denmark": "Aarhus,Copenhagen,Odense",
        "France": "Bordeaux,Lille,Lyon,Marseille,Nantes,Nice,Paris,Strasbourg,Toulouse",
        "Germany": "Berlin,Bremen,Cologne,Dresden,Düsseldorf,Frankfurt,Hamburg,Leipzig,Munich,Stuttgart",
        "India": "Bangalore,Chennai,Delhi,Hyderabad,Kolkata,Mumbai,Pune",
        "Ireland": "Cork,Dublin,Galway,Limerick",
        "Italy": "Bologna,Florence,Genoa,Milan,Naples,Palermo,Rome,Turin,Venice",
        "Japan": "Hiroshima,Kobe,Kyoto,Nagoya,Osaka,Sapporo,Tokyo",
        "Mexico": "Guadalajara,Mexico City,Monterrey,Puebla",
        "the Netherlands": "Amsterdam,Eindhoven,Rotterdam,The Hague,Utrecht",
        "New Zealand": "Auckland,Christchurch,Wellington",
        "Norway": "Bergen,Oslo,Trondheim",
        "Poland": "Gdansk,Krakow,Poznan,Warsaw,Wroclaw",
        "Portugal": "Lisbon,Porto",
        "Spain": "Barcelona,Bilbao,Granada,Madrid,Malaga,Seville,Valencia",
        "Sweden": "Gothenburg,Malmö,Stockholm,Uppsala",
        "Switzerland": "Basel,Bern,Geneva,Lausanne,Zurich",
        "the UK": "Aberdeen,Belfast,Birmingham,Brighton,Bristol,Cardiff,Edinburgh,Glasgow,Leeds,Leicester,"
        "Liverpool,London,Manchester,Newcastle,Nottingham,Oxford,Sheffield,England,Scotland,Wales",
        "the US": "Alabama,Alaska,Arizona,Atlanta,Austin,Baltimore,Boston,Brooklyn,California,Chicago,"
        "Colorado,Dallas,Denver,Detroit,Florida,Hawaii,Houston,Idaho,Illinois,Indiana,Iowa,"
        "Kansas,Kentucky,Las Vegas,Los Angeles,Louisiana,Maine,Maryland,Massachusetts,Miami,"
        "Michigan,Minneapolis,Minnesota,Montana,Nashville,Nebraska,Nevada,New Jersey,New Mexico,"
        "New Orleans,New York,NYC,Ohio,North Carolina,Oklahoma,Oregon,Pennsylvania,Philadelphia,"
        "Phoenix,Pittsburgh,Portland,San Diego,San Francisco,Seattle,South Carolina,Tennessee,"
        "Texas,Utah,Vermont,Virginia,Washington,Wisconsin,Wyoming",
    }.items()
    for city in cities.split(",")
}

CONDITIONS: Final = _words(
    "adhd aids alzheimer's anemia anorexia anxiety apnea arrhythmia arthritis asthma autism bulimia cancer "
    "celiac "
    "chlamydia cholesterol cirrhosis colitis copd crohn's dementia depression diabetes dyslexia eczema "
    "endometriosis "
    "epilepsy fibromyalgia glaucoma gout hepatitis herpes hiv hypertension hypothyroidism ibs infertility "
    "insomnia "
    "leukemia lupus lymphoma melanoma menopause migraine migraines narcolepsy ocd osteoporosis parkinson's "
    "pcos "
    "pneumonia psoriasis ptsd schizophrenia sclerosis seizures stroke tinnitus tuberculosis tumor tumour"
)
CARE: Final = _words(
    "biopsy cardiologist chemo chemotherapy colonoscopy diagnosis dialysis insulin mastectomy medication "
    "meds "
    "miscarriage neurologist oncologist pregnancy prescription psychiatrist psychologist rehab surgery "
    "symptoms "
    "therapist"
)
DRUGS: Final = (
    r"antidepressants?|antipsychotics?|beta blockers|birth control|blood thinners|fluoxetine|gabapentin"
    r"|insulin|lithium"
    r"|lexapro|metformin|methadone|ozempic|prednisone|prozac|ritalin|adderall|sertraline|ssris?|statins"
    r"|steroids"
    r"|warfarin|xanax|zoloft"
)
