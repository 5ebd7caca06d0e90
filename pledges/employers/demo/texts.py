"""Texts of the fictional employers."""

# Numbers of the pledges, title, description, measure, unit.
ACTIONS = (
    (
        (1, 6),
        "Respect at work: an end to bullying",
        "A programme of two years: every team talks about how people treat one another, managers"
        " learn to step in early, and forty trained colleagues listen to whoever is bullied. What"
        " they hear goes to the board each quarter, in numbers.",
        "Staff who were bullied or harassed by colleagues",
        "%",
    ),
    (
        (4,),
        "Rooms to rest at night",
        "A quiet room with armchairs and hot food on each site, open from ten at night to six.",
        "Night staff who took their whole break",
        "%",
    ),
    (
        (3,),
        "An appraisal worth having",
        "Shorter papers and longer talks: half an hour without interruption, an aim for the"
        " year, and one thing to learn. Managers practise with one another first.",
        "Staff who say that their appraisal helped",
        "%",
    ),
    (
        (5,),
        "Change begins in the team",
        "Each team has two hours a month to try an improvement of its own, and a small sum for"
        " it. What works is shown to all others.",
        "Teams that tried an improvement",
        "teams",
    ),
    (
        (6,),
        "You said it, we answered",
        "Whoever raises a concern hears within five working days who looks into it, and within"
        " four weeks what came of it. The list of answers is read by the board.",
        "Concerns answered in time",
        "%",
    ),
    (
        (2,),
        "Job descriptions that are true",
        "Every post’s description is read by those who do the work, cut to two pages, and says"
        " what it means for patients.",
        "Descriptions read and renewed",
        "%",
    ),
    (
        (1, 4),
        "Safe at the front door",
        "Two people at each reception, a button that brings help, and training in calming anger"
        " for all who meet the public.",
        "Staff who met violence",
        "%",
    ),
    (
        (3, 2),
        "A way up for care assistants",
        "Paid time for study, a named colleague to ask, and ten places a year to train as a nurse.",
        "Care assistants in training",
        "people",
    ),
    (
        (4,),
        "Someone to talk to",
        "Staff can speak to a counsellor within three days, and teams after a bad day at once.",
        "Days until the first talk",
        "days",
    ),
    (
        (5, 2),
        "Rotas made together",
        "Rotas are made by the team, six weeks ahead, with swaps on the telephone.",
        "Rotas out six weeks ahead",
        "%",
    ),
)
OWNERS = (
    "Director of people",
    "Chief nurse",
    "Medical director",
    "Director of estates",
    "Head of learning",
    "Freedom to speak up guardian",
)
LEADS = ("Chair", "Chief executive", "Director of people", "Chief nurse", "Medical director")
STEPS = ("A group of staff is formed", "The first site has begun", "All sites have begun")
UPDATES = (
    "The first teams have begun. They asked for more time, and have it.",
    "Half of the teams take part. What they learnt is written up for the others.",
    "The figures move the right way. We keep at it until summer.",
)
ENDED = "All teams take part, and the work goes on as part of every day."
STOPPED = "The money went to winter beds. We begin again when the new budget is set."
VALUES = (
    "We are kind, we are honest, and we finish what we begin. We look after one another as we look"
    " after our patients.\nWhoever works here has a say in how.",
    "People first: those we care for and those who care. We listen before we decide, and say what"
    " came of it.",
    "We do simple things well, learn from what went wrong, and thank one another.",
)
HELP = (
    "Occupational health: ask at any reception\n"
    "Somebody to talk to, day and night: the number is on the back of your badge\n"
    "Freedom to speak up guardian: in the post room corridor, Tuesdays and Thursdays"
)
SUMMARY = (
    "More of what we promised our staff is done than a year ago, and staff notice where we kept at"
    " it. Where an action is late, its owner says below what it waits for.\nWhat worries us most is"
    " the time that managers have for their teams: several actions wait for it."
)
ASKS = (
    "Decide on an hour a week, kept free, in which every team leader is there for the team.\n"
    "Ask the owners of overdue actions for a new day, or a reason to stop.\n"
    "Visit one team each before the next meeting, and tell the board what you heard."
)
