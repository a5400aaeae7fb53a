"""How far misspellings can be trusted, measured on typing errors and on words that only look alike."""

from __future__ import annotations

from itertools import pairwise

import pytest

from matcher.files.catalogues import default_catalogue
from matcher.files.strengths import Recogniser, default_frameworks

CATALOGUE = default_catalogue()

TYPED = """
vision: Visoin, Vison, Visiom, Viision
systems_thinking: Sistems thinking, System thinking, Systems thinkng, Sytems thinking, Thinking systems
experimentation: Experimentaton, Expirementation, Experimentatoin
peacemaking: Pecemaking, Peacmaking, Peace makin, Paecemaking
empathy: Empaty, Emphaty, Empathi
resourcefulness: Resourcefullness, Resourcfulness, Ressourcefulness
storytelling: Storyteling, Story teling, Storrytelling
decisiveness: Decisivness, Decisivenes, Descisiveness
negotiation: Negociation, Negotation, Negotiaton
provocation: Provokation, Provocatoin, Provocacion
problem_solving: Problem-solvng, Problm solving, Probelm solving
creative_thinking: Creativ thinking, Creative thinkin, Creatvie thinking
pattern_mapping: Patern mapping, Pattern maping, Pattren mapping
gap_spotting: Gap spoting, Gap spottin, Gap sptting
simplifying: Simplifing, Simplifyng, Simplfying
optimism: Optimisim, Optimisum, Optimsm
curiosity: Curiousity, Curiosty, Curoisity
organising: Organisng, Orgnaising, Oraganising
finishing: Finnishing, Finishng, Finsihing
courage: Corage, Couarge, Courrage
momentum: Momentem, Momentun, Momemtum
motivation: Motivaton, Motvation, Motivatoin
connecting: Conecting, Connectng, Conneting
orchestrating: Orchestratng, Orchestating, Orchestrateing
developing: Growing other, Growng others, Growing othres
energy: Enery, Enregy, Energyy
including: Inculding, Incuding, Includng
values_compass: Value compass, Values compas, Values comapss
reliability: Reliabilty, Relaibility, Reliablity
risk_sense: Risk sence, Risk sens, Rsik sense
adaptability: Adaptabilty, Adaptibility, Adapatability
deep_focus: Deep focuss, Deep fokus, Dep focus
evidence: Weighing evidance, Weighting evidence, Weighing evidnce
rallying: Rallying beleif, Ralying belief, Rallyng belief
calm: Recalibraton, Recallibration
grit: Perserverance, Perseverence
"""

OTHER_WORDS = """
Python, Excel, Sales, Flying, Running, Swimming, Java, SQL, Marketing, Finance, Accounting, Design,
Painting, Cooking, Driving, Writing, Reading, Singing, Dancing, Drawing, Presenting, Public speaking,
Time management, Teaching, Training, Budgeting, Recruiting, Selling, Coding, Testing, Data analysis,
Statistics, Research, Editing, Photography, Translation, Spanish, Invisibility, Telepathy, Strength,
Speed, X-ray vision, Mind reading, Healing, Hospitality, Logistics, Law, Medicine, Gardening, Sympathy,
Apathy, Visit, Mission, Division, Television, Provision, Revision, Fusion, Passion, Decision, Precision,
Vacation, Location, Motion, Emotion, Innovation, Cancellation, Navigation, Negation, Litigation,
Irrigation, Invocation, Vocation, Presentation, Implementation, Collecting, Correcting, Concluding,
Excluding, Intruding, Fishing, Furnishing, Polishing, Organic, Organist, Agonising, Simplicity,
Amplifying, Qualifying, Synergy, Allergy, Enemy, Claim, Palm, Call, Grip, Grid, Girl, Gift, Encourage,
Storage, Coverage, Security, Furiosity, Optician, Optimum, Liability, Availability, Readability,
Stability, Capability, Moment, Monument, Problem finding, Deep learning, Risk management, Risk taking,
Value chain, Creative writing, Design thinking, Wishful thinking, Pattern making, Mind mapping, History,
Gap year, Gap analysis, Systems engineering, Orchestra, Rally driving, Belief system, Relief, Growing
vegetables, Helping others, Motorbike, Notification, Meditation, Medication, Wool, Zen, Test, Zeal, Home,
Hops, Rope, Planting, Plaining, Coasting, Roasting, Caching, Poaching, Monitoring, Courtesy, Honestly,
Consistent, Resistance, Exclusion, Illusion, Narrator, Specialised, Socialist, Charity, Clarinet, Parity,
Vanity, Rarity
"""

ERRORS = [
    (text.strip(), superpower)
    for line in TYPED.strip().splitlines()
    for superpower, texts in [line.split(": ")]
    for text in texts.split(",")
]
WORDS = [word.strip() for word in OTHER_WORDS.split(",")]


def slips(name: str) -> set[str]:
    """Return a name with each letter but the first two left out, doubled, or swapped with the next."""
    left_out = {name[:i] + name[i + 1 :] for i in range(2, len(name))}
    doubled = {name[:i] + name[i] + name[i:] for i in range(2, len(name))}
    swapped = {name[:i] + b + a + name[i + 2 :] for i, (a, b) in enumerate(pairwise(name)) if i >= 1}
    return {text for text in left_out | doubled | swapped if CATALOGUE.recognise(text) is None}


@pytest.fixture(scope="module")
def accepting() -> Recogniser:
    return Recogniser(CATALOGUE, default_frameworks(), accept=True)


def test_there_are_enough_of_both():
    assert len(ERRORS) >= 100
    assert len(WORDS) >= 120
    assert len(set(WORDS)) == len(WORDS)
    assert all(CATALOGUE.recognise(text) is None for text in (*WORDS, *(text for text, _ in ERRORS)))


def test_errors_that_people_make_are_taken_when_suggestions_are_accepted(accepting: Recogniser):
    taken = [(text, meant) for text, meant in ERRORS if accepting.read(text).superpower == meant]

    assert len(taken) >= 0.95 * len(ERRORS), sorted(set(ERRORS) - set(taken))


def test_no_error_is_taken_for_another_superpower(accepting: Recogniser):
    assert [text for text, meant in ERRORS if accepting.read(text).superpower not in (None, meant)] == []


def test_every_slip_of_a_finger_is_taken_or_asked_about_and_none_is_mistaken(accepting: Recogniser):
    for superpower in CATALOGUE.superpowers:
        for text in slips(superpower.name):
            read = accepting.read(text)
            assert read.proposal is not None, text
            assert read.proposal.superpower == superpower.id, text
            assert read.superpower == superpower.id or len(superpower.name) < 5, text


@pytest.mark.parametrize("word", WORDS)
def test_another_word_is_never_taken_for_a_superpower(accepting: Recogniser, word: str):
    assert accepting.read(word).superpower is None


def test_few_other_words_bring_a_question(accepting: Recogniser):
    asked = [word for word in WORDS if accepting.read(word).proposal is not None]

    assert len(asked) <= 0.25 * len(WORDS), asked
