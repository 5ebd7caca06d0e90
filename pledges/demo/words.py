"""What demo pledges say: openings, deeds and ends by theme, put together in every combination."""

OPENINGS = ["I will", "I pledge to", "This year I will", "From today I will", "I promise to"]
TEAM_OPENINGS = ["As a team we will", "We pledge to", "Our team will", "Together we will"]
WHOLE_OPENINGS = ["As an organisation we will", "Across all our sites we will", "We commit to"]

DEEDS: dict[str, list[str]] = {
    "care": [
        "sit down with every new patient and ask what matters to them",
        "check that water is within reach of everyone on the ward",
        "walk the ward each evening and ask who needs help to settle",
        "turn the lights down and the voices lower after ten at night",
        "learn ten new ways to make a hospital stay less frightening",
        "ask about pain before being asked for relief",
        "help people to get up, dressed and moving before lunch",
        "spend a day as a patient would and write down what I notice",
        "bring tea and a chat to those who have no visitors",
        "hand over at the bedside, with the patient taking part",
    ],
    "integration": [
        "ring the community team before each discharge instead of sending a form",
        "visit a care home near us and ask how we could work better together",
        "share one plan with social care for people who see us both",
        "meet the pharmacists on our high street and swap numbers",
        "invite a paramedic to our weekly meeting",
        "spend a shift with the district nurses",
        "give people one name and one number to call",
        "write letters to patients and copy them to their doctor, not the other way round",
        "bring mental and physical health checks into the same visit",
        "map every step that a referral takes and remove two of them",
    ],
    "attitude": [
        "say 'hello, my name is' to every person I meet at work",
        "smile first",
        "thank one colleague each day for something particular",
        "listen for two full minutes before I answer",
        "stop saying 'that is how we do it here'",
        "greet the cleaners, porters and cooks by name",
        "put my phone away whenever somebody talks to me",
        "assume good intent when the message sounds short",
        "ask 'what can I do for you?' instead of 'what is the matter?'",
        "speak up kindly when I see somebody treated badly",
    ],
    "perspectives": [
        "swap jobs for a day with somebody whose work I do not understand",
        "taste the medicine that I give to children",
        "spend an hour in a wheelchair and report every door that defeats me",
        "sit in our waiting room for a whole morning",
        "come to the clinic by bus, as most of our visitors do",
        "read our leaflets aloud to someone who has never seen one",
        "learn enough sign language to say hello, sorry and thank you",
        "shadow a junior colleague on a night shift",
        "wear an ageing suit and try to open our packaging",
        "ask a volunteer to show me round my own department",
    ],
    "patients": [
        "answer every compliment and complaint in person",
        "offer evening appointments to people who work in the day",
        "tell people how long the wait is, and why, every half hour",
        "make sure that relatives can stay overnight when it matters",
        "ask each person how they like to be addressed, and write it on the board",
        "explain test results on the day they arrive",
        "put a clock and a calendar where everyone can see them",
        "set up a shelf of books and games in the day room",
        "write instructions in plain words, and test them on three people",
        "make protected mealtimes truly protected",
    ],
    "staff": [
        "make sure that everybody gets a proper break",
        "start a walking group at lunch, all paces welcome",
        "keep ten minutes at the end of each shift to talk about how it went",
        "set up a quiet room where people can rest after a hard day",
        "mentor someone who is new to health and care",
        "share one thing I have learnt at every team meeting",
        "ask how people are, and wait for the answer",
        "publish rotas six weeks ahead",
        "make a board for thank-you notes and fill it",
        "learn the names and the hopes of everyone on my team",
    ],
}
# What became of some that are done, two of each theme: the story, and what difference it made.
STORIES: dict[str, list[tuple[str, str]]] = {
    "care": [
        (
            "The first week it was easy to forget, so a note went up by the door. By the third it"
            " was simply how the day begins.",
            "Two people said that they had slept through the night for the first time here.",
        ),
        (
            "Nobody minded the extra minutes. What takes time is finding out late.",
            "Fewer bells in the afternoon, and far more first names.",
        ),
    ],
    "integration": [
        (
            "One telephone call before each discharge, and most of the questions were answered"
            " before anybody had to ask them.",
            "Three people went home a day earlier than planned.",
        ),
        (
            "It began with names and numbers on one sheet of paper. Both teams pinned it up.",
            "",
        ),
    ],
    "attitude": [
        (
            "It felt odd for a few days. Then people began to do it back.",
            "A new colleague said that it was why she stayed.",
        ),
        (
            "Some days it was forgotten, and the next day begun again. That is the whole method.",
            "",
        ),
    ],
    "perspectives": [
        (
            "The door to the clinic takes both hands and a shoulder. There is a button now.",
            "People in wheelchairs come in by the front like everybody else.",
        ),
        (
            "A morning on those chairs is long. We moved the clock, the water and the chairs.",
            "Nobody has asked at the desk what time it is since.",
        ),
    ],
    "patients": [
        (
            "Telling people how long it takes was harder than it sounds: first we had to know.",
            "Complaints about waiting have halved, though the waiting has not.",
        ),
        (
            "Three people read the new letter before it went out, and crossed out a third of it.",
            "",
        ),
    ],
    "staff": [
        (
            "It rained on the first walk and four of us came. Now we are eleven, in any weather.",
            "Two who never spoke to each other share a lift to work.",
        ),
        (
            "Breaks are on the board with a name beside each, and whoever is named is sent off.",
            "Everybody has eaten lunch sitting down for a month.",
        ),
    ],
}
ENDS = [
    "",
    "",
    "",
    ", every day",
    ", and keep a note of how it goes",
    ", starting on Monday",
    " and tell others what we learn",
    ", for at least a month",
    " and ask two colleagues to join me",
    ", because small things add up",
]
FIRST_NAMES = [
    *("Aisha", "Alan", "Amy", "Andrzej", "Angharad", "Beth", "Brendan", "Callum", "Carys"),
    *("Catriona", "Chidi", "Chloe", "Dafydd", "David", "Deepa", "Eilidh", "Eleri", "Emma"),
    *("Fatima", "Fiona", "Gareth", "Grace", "Hamish", "Hannah", "Imran", "Ioan", "Isla", "James"),
    *("Janet", "Jo", "Karen", "Kwame", "Leila", "Lewis", "Maeve", "Mairi", "Maria", "Megan"),
    *("Mohammed", "Niamh", "Nia", "Oluwaseun", "Owen", "Patrick", "Priya", "Rachel", "Rhys"),
    *("Rosa", "Ruth", "Sanjay", "Sean", "Shauna", "Sophie", "Sunita", "Tom", "Tunde", "Wei", "Zoe"),
]
INITIALS = "ABCDEFGHJKLMNOPRSTW"
TEAMS = [
    *("Ward 4", "Ward 12", "the maternity unit", "the emergency department", "theatres"),
    *("the pharmacy", "the stroke team", "the district nurses", "the children's clinic"),
    *("outpatients", "physiotherapy", "the kitchen", "the crisis team", "medical records"),
    *("the memory clinic", "the porters", "radiology", "speech and language therapy"),
]
# People in millions by region, rounded: Office for National Statistics, mid-2023 estimates.
# Regions of the NHS that differ from the statistical ones carry the nearest sum of them.
PEOPLE = {
    "Y56": 8.9,
    "Y58": 5.8,
    "Y59": 9.2,
    "Y60": 11.1,
    "Y61": 6.7,
    "Y62": 7.5,
    "Y63": 8.5,
    "S92000003": 5.5,
    "W92000004": 3.2,
    "N92000002": 1.9,
}
