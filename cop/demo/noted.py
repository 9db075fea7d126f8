"""What was noted at the demo network's meetings: as plain words, before any rule is applied to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoNote:
    """One item. `part` is the place of its agenda item, counted from 1, and 0 for the whole meeting; `by` is the
    contributor's address, "" where it is nobody's in particular; `level` is the attribution they agreed to
    (`notes.rules.vocabulary.Attribution`), None where they have not answered; `public` is whether everybody may
    read it; `instead` are the words they suggested."""

    part: int
    text: str
    by: str = ""
    kind: str = "point"
    confidential: bool = False
    level: int | None = None
    public: bool = False
    instead: str = ""


# Agendas: 1 welcome, 2 and 3 the talks, 4 discussion, 5 what next. Last week's draft says too much in two places, as
# drafts do: the leak check has something to find.
LAST_WEEK = (
    DemoNote(0, "Let people break it before they have to rely on it, and pay them for breaking it.", kind="takeaway"),
    DemoNote(0, "Decide beforehand what a session may switch off, and who signs for that.", kind="takeaway"),
    DemoNote(
        2,
        "Sessions were held in the evening, on the estates, with somebody there to repair taps as well: the taps got "
        "people through the door.",
        by="yusra@wrenmouth.example",
    ),
    DemoNote(
        2,
        "Three of the twelve topics were switched off after the sessions: damp, arrears and anything about children.",
        by="yusra@wrenmouth.example",
    ),
    DemoNote(
        3,
        "Most transcripts end with the tenant giving up politely. A polite ending counted as a success in the "
        "supplier’s figures.",
        by="roza@portcastle.example",
    ),
    DemoNote(3, "People tried it in five languages; it answered in one.", by="roza@portcastle.example"),
    DemoNote(
        4,
        "We ran something like it for parking, and nobody could say afterwards who had the power to stop it.",
        by="dmytro@transitvale.example",
    ),
    DemoNote(
        4,
        "Seun said that the impact assessment was written after the launch date had been announced, and that it shows.",
        by="seun@eastmoorhealth.example",
    ),
    DemoNote(
        4,
        "Tenants’ Ledger has asked for the transcripts under freedom of information and is still waiting.",
        by="saoirse@tenantsledger.example",
    ),
    DemoNote(
        4,
        "The contract has a clause that fines us if fewer than sixty per cent of calls are deflected. It is being "
        "renegotiated, and that is not for these notes.",
        by="tomasz@wrenmouth.example",
        confidential=True,
    ),
    DemoNote(
        4,
        "A supplier can be asked for all failed conversations, not only for a dashboard. It only has to be in the "
        "contract.",
        by="siobhan@plainmodel.example",
    ),
    DemoNote(
        4,
        "If a young person is the one who deals with the landlord for the family, testing with adults misses them.",
        by="mateus@youthjurors.example",
        level=1,
        instead="Where a young person deals with the landlord for the family, testing with adults alone misses them.",
    ),
    DemoNote(5, "Collect what each of us pays for an evening session, and share the range.", kind="action"),
    DemoNote(5, "Ask a future speaker about buying such systems in the first place.", kind="action"),
)

# For each of the earlier meetings, oldest first; nothing here gives anybody away.
EARLIER: tuple[tuple[DemoNote, ...], ...] = (
    (
        DemoNote(0, "Most of us do this alone; comparing notes is the point.", kind="takeaway"),
        DemoNote(2, "What is hardest is not finding people but finding the moment when an answer can still matter."),
        DemoNote(
            3, "Begin with a decision that is really open, however small.", by="imogen@hearingroom.example", level=3
        ),
        DemoNote(4, "Make a list of subjects to come back to.", kind="action"),
    ),
    (
        DemoNote(0, "Plan for people to leave, and they stay longer.", kind="takeaway"),
        DemoNote(2, "A panel that may not say no is an audience.", by="tomasz@wrenmouth.example", level=3),
        DemoNote(3, "Half of those drawn by lot say yes only when somebody rings them up.", level=None),
        DemoNote(4, "Reserves want to be told that they are reserves.", by="jun@portcastle.example", level=1),
        DemoNote(5, "Share templates for letters of invitation.", kind="action"),
    ),
    (
        DemoNote(0, "Test a text by asking the reader to tell a friend.", kind="takeaway"),
        DemoNote(2, "Drafting in two languages at once shows which sentences say nothing.", level=None),
        DemoNote(
            4,
            "Lawyers accept plain words if they are in the room when they are chosen.",
            by="ffion@statsbureau.example",
            level=1,
        ),
        DemoNote(5, "Collect before-and-after pairs of leaflets.", kind="action"),
    ),
    (
        DemoNote(0, "Ask where people already wait, and stop when they are called.", kind="takeaway"),
        DemoNote(2, "Nobody minded being asked about records; many minded being asked by a stranger with a tablet."),
        DemoNote(
            3,
            "Peer interviewers need time to talk to one another afterwards.",
            by="parveen@carersatlas.example",
            level=3,
        ),
        DemoNote(5, "Write down what a fair thank-you is for an interview of an hour.", kind="action"),
    ),
    (
        DemoNote(0, "Answer every demand, also with a no, and say by when.", kind="takeaway"),
        DemoNote(2, "Jurors asked for one thing nobody had prepared: to see a wrong mark being put right."),
        DemoNote(
            4,
            "A score that cannot be explained to a fifteen-year-old cannot be explained.",
            by="clem@amberleigh.example",
            level=2,
        ),
        DemoNote(5, "Invite the jurors back in a year.", kind="action"),
    ),
    (
        DemoNote(0, "Follow one recommendation, not all of them.", kind="takeaway"),
        DemoNote(2, "The report changed less than the friendships it made inside the organisation."),
        DemoNote(
            3,
            "Those who took part want to know what happened more than they want to be thanked.",
            by="anneke@kettleyard.example",
            level=1,
        ),
        DemoNote(4, "Try a one-page follow-up a year after each project.", kind="action"),
    ),
    (
        DemoNote(0, "A register that people can write on is trusted more than one they can read.", kind="takeaway"),
        DemoNote(2, "Chalk on the pavement brought more remarks than the website."),
        DemoNote(
            4, "Say what a sensor cannot see before saying what it sees.", by="lakshmi@signalwell.example", level=0
        ),
        DemoNote(5, "Exchange wording for signs on lamp posts.", kind="action"),
    ),
    (
        DemoNote(0, "Pay within a week, or do not say that you pay.", kind="takeaway"),
        DemoNote(2, "A finance department says yes sooner to a rate it already uses for somebody else."),
        DemoNote(
            3,
            "A letter that can be shown at the counter takes away most of the fear.",
            by="saoirse@tenantsledger.example",
            level=3,
            public=True,
        ),
        DemoNote(
            4,
            "Vouchers are income as well; pretending otherwise leaves people with the risk.",
            by="henrik@northquay.example",
            level=2,
            public=True,
        ),
        DemoNote(5, "Put the spreadsheet of rates on the slides, with the year in its title.", kind="action"),
    ),
)

# A member's suggestion about the newest edition: the point it is about, and what is wrong with it.
CORRECTED = (
    "Pay within a week, or do not say that you pay.",
    "I think it was a fortnight that was agreed: a week is what finance departments laugh at.",
)

# Asked of next week's meeting without a name, each with how many support it.
QUESTIONS = (
    ("Who reads the answers to the six questions, and can a low score stop the purchase?", 6),
    ("What do you do when the supplier says that the model is a trade secret?", 4),
    ("Has anybody had a tender challenged because residents helped to score it?", 1),
)
