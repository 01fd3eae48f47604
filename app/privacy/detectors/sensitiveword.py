"""Words that tell something sensitive when somebody says them of himself or of his family.

`*` ends a word anyhow, `#` is a number, `+` stands for one to three more words.
"""

from typing import Final

_HEALTH = """
diagnosed with +, diagnosed as +, diagnosed, diagnosis of +, cancer*, tumor*, tumour*, leukemia, leukaemia,
lymphoma, melanoma, hiv, hiv positive, aids, diabetes, diabetic, depressed, depression, anxiety, anxiety
disorder, bipolar disorder, bipolar, schizophren*, schizoaffective, psychosis, psychotic, borderline
personality, adhd, autism, autistic, asperger*, ocd, ptsd, cptsd, epilep*, seizure*, pregnan*, miscarr*,
stillb*, abortion, infertil*, ivf, endometriosis, pcos, menopause, suicid*, self harm*, selfharm*, kill
myself, overdos*, rehab, addict, addicted, addiction, alcoholic, alcoholism, relapsed, sober, cocaine,
heroin, meth, opioid*, oxycodone, methadone, chemo, chemotherapy, radiotherapy, dialysis, transplant,
biopsy, metasta*, multiple sclerosis, parkinson's, alzheimer's, dementia, huntington's, hepatitis,
cirrhosis, chlamydia, herpes, syphilis, gonorrh*, hpv, std, stds, sti, antidepressant*, ssri, ssris,
sertraline, prozac, fluoxetine, zoloft, lexapro, xanax, adderall, ritalin, insulin, lithium, antipsychotic*,
viagra, anorexi*, bulimi*, eating disorder, panic attack*, nervous breakdown, mental breakdown, burnout,
burned out, burnt out, a stroke last, had a stroke, heart attack, heart failure, heart disease, heart
condition, surgery, hysterectomy, vasectomy, mastectomy, psychiatrist, psychiatric, therapist, in therapy,
erectile dysfunction, incontinen*, lupus, crohn's, colitis, ibs, celiac, coeliac, asthma, copd, arthritis,
fibromyalgia, chronic pain, chronic fatigue, chronic illness, long covid, psoriasis, eczema, disability,
disabled veteran, am disabled, i'm disabled, wheelchair, legally blind, am blind, i'm blind, deaf,
terminally ill, hospice, sick leave, tested positive, sleep apnea, migraine*, obese, obesity, dyslexi*,
hearing voices, cut myself, cutting myself, schwanger*, krebs, depressionen, krankgeschrieben, suchtkrank,
enceinte, dépressi*, séropositi*, embarazada, cáncer, depresión, incinta, tumore, depressione, zwanger,
kanker, depressie, w ciąży, depresj*, grávida, câncer, depressão, diabète*
"""
_FAITH = """
muslim, islam, jewish, judaism, christian, christianity, catholic, protestant, evangelical, orthodox jew,
orthodox christian, hindu, buddhist, sikh, atheist, agnostic, mormon, jehovah's witness*, quaker,
scientolog*, wiccan, pagan, converted to +, converted from +, left the church, leaving the church, left my
religion, lost my faith, baptized, baptised, bar mitzvah, bat mitzvah, fasting for ramadan, ramadan, prayed
at, pray five, pray at, voted for +, vote for +, voting for +, republican, democrat, conservative party,
socialist, communist, anarchist, libertarian, nationalist, labour party, labor party, green party, far
right, far left, party member, protested, at a protest, the protest march, trade union, labor union, labour
union, union member*, union rep*, union steward, shop steward, my union, join a union, joined a union,
joined the union, unionize, unionise, on strike, works council, gewerkschaft*, muslimin, jüdisch,
konfessionslos, afd, syndicat, syndiqué*, musulman*, juif, juive, sindicato, sindacato, vakbond, musulmán,
judío, judía
"""
_LAW = """
arrested, convicted of +, convicted, conviction*, prison, jail, probation, on parole, parole officer, felon,
felony, felonies, misdemeanor*, misdemeanour*, dui, dwi, indicted, indictment, charged with +, plead guilty,
pleaded guilty, pled guilty, was sued, sued me, sued by, suing, lawsuit, subpoena*, restraining order,
custody, criminal record, undocumented, illegal immigrant, illegally in, deported, deportation, asylum,
asylum seeker*, refugee, overstay*, visa expired, visa was denied, visa denied, visa rejected, green card,
immigration status, immigration lawyer, ice raid, stole, shoplift*, embezzl*, committed fraud, for fraud,
fraud charge*, divorce, divorced, divorcing, separated from my, we separated, abused, abusive, abuses me,
molested, raped, rape, rapist, assaulted, assault, sexually harass*, harassed, harassing me, harassment,
stalked, stalking me, stalker, domestic violence, beats me, hits me, hit me, evicted, eviction, cheated on
my tax*, cheat on my tax*, cheating on my tax*, tax evasion, tax fraud, whistleblow*, foster care, adopted,
blackmail*, verhaftet, geschieden, scheidung, vorbestraft, abgeschoben, divorcé*, divorce, sans papiers,
divorciad*, detenido, divorziat*, arrestat*, gescheiden, rozwód, rozwiedzion*, divorciei
"""
_LOVE = """
gay, lesbian, bisexual, homosexual, transgender, trans man, trans woman, i'm trans, am trans, is trans,
queer, asexual, pansexual, non-binary, nonbinary, intersex, closeted, came out to +, came out as +, came
out, come out to, come out as, coming out to, coming out as, transitioning to male, transitioning to female,
my transition, gender dysphoria, an affair, affair with, sex life, sexless marriage, a virgin, as an escort,
escort service, porn, sexual orientation, sexuality, sexual problem*, sexually, cheated on, cheating on,
cheats on, unfaithful, slept with, sleeping with, mistress, hooked up with, hooking up, one night stand,
polyamor*, open marriage, open relationship, fetish, bdsm, nudes, sexting, sexted, schwul, lesbisch,
homosexuel*, lesbienne, una aventura, gej
"""
_DEBTS = """
bankrupt, bankruptcy, insolven*, insolvent, in debt, debt, debts, foreclos*, payday loan*, gambl*, owe #,
owe money, owe the, owed #, owes me #, behind on, overdrawn, debt collector*, collections agency,
repossess*, maxed out my, can't pay my, cannot pay my, can't pay the, can't pay our, i'm broke, am broke,
we're broke, food stamps, food bank, on welfare, unemployed, unemployment, jobless, was fired, got fired,
been fired, fired me, fired from, was sacked, got sacked, laid off, made redundant, credit score, homeless,
my salary, my income, our income, my wages, schulden, arbeitslos, pleite, insolvenz, dettes, endetté*, au
chômage, deudas, endeudad*, en paro, debiti, disoccupat*, dívidas, desempregad*, werkloos, długi, bezrobotn*
"""
LEXICON: Final = {
    "says something about health": _HEALTH,
    "says something about faith or politics": _FAITH,
    "says something about the law or family trouble": _LAW,
    "says something about love or sex": _LOVE,
    "says something about money or work trouble": _DEBTS,
}
"""Why it is sensitive, and the phrases, set apart by commas."""
