"""What the demo's posts and replies say, by theme."""

# Kind (1 an idea, 2 a question, 3 a challenge) and text.
POSTS = {
    "equipped": (
        (
            1,
            "Lockers on every ward, so that nobody leaves a wet coat over a chair in the corridor.",
        ),
        (2, "Why does the rota come out only two weeks before? Families cannot plan like that."),
        (1, "One card for doors, printers and computers."),
        (3, "Signing in takes a minute, forty times a day. Who can make it ten seconds?"),
        (1, "A shelf of spare chargers and batteries at each nurses’ station."),
        (2, "Could community teams get car parks near the surgeries they visit?"),
        (3, "Hot food after midnight in every hospital that never closes."),
    ),
    "safe": (
        (1, "Lights and somebody who looks on the way to the car park after dark."),
        (3, "Make it normal to say “that was not all right” in the moment, whoever said it."),
        (2, "What happens after we report that a visitor hit somebody?"),
        (1, "A buddy for the first month for everybody who comes from abroad."),
        (2, "Who can I talk to about my manager without my manager knowing?"),
        (3, "No one alone on a home visit that has gone wrong before."),
    ),
    "included": (
        (1, "Thank porters and cleaners by name in the team meeting, once a week."),
        (3, "Ask night staff too: meetings at three in the afternoon leave them out."),
        (1, "Name badges with large first names, for patients and for us."),
        (2, "Could the staff networks meet in working hours?"),
        (1, "Let bank staff into the group chat of the ward."),
        (3, "Put people who use British Sign Language on the interview panel."),
    ),
    "developed": (
        (2, "Who decides about training money, and could staff see it?"),
        (1, "Shadow another profession for a day each year."),
        (1, "Study leave that is not cancelled when the ward is short."),
        (3, "A way from healthcare assistant to nurse that one can afford."),
        (2, "Is there a coach for people who manage a team for the first time?"),
        (1, "Twenty minutes after a hard case, together, with somebody who listens well."),
    ),
    "empowered": (
        (1, "Each team gets a small sum to mend what annoys it most."),
        (3, "If three wards ask for the same thing, somebody answers within a month."),
        (2, "Why do we need three signatures for a lamp?"),
        (1, "Let teams choose their own shift pattern, and try it for three months."),
        (3, "Publish what boards decided in words that everybody understands."),
        (2, "Could somebody who works on a ward sit in the meeting about wards?"),
    ),
}
# What many posts end with, and where they come from: the first places often, the last hardly ever.
ENDINGS = (
    "This comes from {place}.",
    "It would help most in {place}.",
    "Please try it in {place} first.",
)
PLACES = (
    *("general practice", "the emergency department", "home care", "a care home", "theatres"),
    *("maternity", "community nursing", "mental health", "paediatrics", "pharmacy", "radiology"),
    *("pathology", "outpatients", "intensive care", "the ambulance station", "dialysis"),
    *("physiotherapy", "the day unit", "oncology", "dentistry", "the hospice", "catering"),
    *("endoscopy", "portering", "ophthalmology", "podiatry", "dietetics", "audiology"),
    *("the eating disorder service", "speech therapy", "neonatal care", "stroke rehabilitation"),
    *("sterile services", "prison health", "orthotics", "the burns unit", "the blood service"),
    *("medical physics", "the fracture clinic", "genomics", "the lymphoedema service"),
)
ROLES = (
    *("Nurse", "Porter", "Healthcare assistant", "Ward sister", "Junior doctor", "Pharmacist"),
    *("Paramedic", "Receptionist", "Physiotherapist", "Cleaner", "Social worker", "Midwife"),
)
REPLIES = (
    "Yes, please.",
    "We tried that on our ward. It took a week to set up, and nobody would go back.",
    "How did you pay for it?",
    "The same here, and we have asked for two years.",
    "It works if the matron is behind it.",
    "I would help to try it.",
    "Please ask the night shift as well.",
)
ANSWERS = (
    "Thank you. We have put this to the trusts of the region and tell you here what they say.",
    "There is money for this from April. Each ward says first what it needs most.",
    "Two hospitals of the region try this now. We publish what they find in the summer.",
)
HEARD = (
    (
        "Rotas come too late for people to plan their lives around them.",
        "All trusts of the demo publish them six weeks before.",
    ),
    (
        "People do not hear what became of what they said.",
        "Each question with more than ten supporters gets an answer within a month.",
    ),
)
