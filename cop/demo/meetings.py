"""What the demo network met about. Speakers, films and slides are made up like everything else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoSpeaker:
    """Somebody presenting, as they were that day; `email` where they are a member as well."""

    name: str
    role: str
    organisation: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class DemoTalk:
    """A talk. `film` and `slides` say who may see them ("public", "members", "nobody"), "" where there are none."""

    title: str
    description: str
    speakers: tuple[DemoSpeaker, ...]
    film: str = ""
    slides: str = ""
    kind: str = "talk"


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    """One meeting of the series. Text is Markdown."""

    theme: str
    summary: str
    body: str
    talks: tuple[DemoTalk, ...]
    topics: tuple[str, ...]


NAME = "The Long Table"
SLUG = "long-table"
TAGLINE = "People who bring the public into decisions about data and AI, comparing notes once a month."
DESCRIPTION = """\
We work in councils and ministries, charities, companies and universities, and we have one thing in common: our job is
to make sure that people have a say in how data about them is used. Most of us are the only one in our building.

So we sit down at the same table on a Wednesday afternoon, online, for an hour and a quarter. Somebody shows what they
have done and what went wrong; the rest of the time is for questions. What was said is written up for members, and
nobody is named who does not want to be.

**Who can come?** Anybody who involves the public in questions of data or AI, or would like to. It costs nothing.
"""

EARLIER = (
    DemoMeeting(
        theme="Where do we start?",
        summary="The first meeting: what each of us hopes to learn, and the questions we will come back to.",
        body="There were no slides this time. Small groups wrote down what they find hardest about the work, "
        "and the whole table sorted the answers.",
        talks=(
            DemoTalk(
                "What makes this work hard?",
                "Four tables, twenty minutes, one sheet of paper each.",
                (DemoSpeaker("Adaeze Whitlock", "Convenor", "Commonground Trust", "adaeze@commonground.example"),),
                kind="workshop",
            ),
        ),
        topics=("Getting started",),
    ),
    DemoMeeting(
        theme="Juries that last longer than a weekend",
        summary="Two standing panels, one local and one national, and what keeps people in them for years.",
        body="Most panels meet twice and are thanked. These two have been going for years, and they are not alike.",
        talks=(
            DemoTalk(
                "Four years of a county panel",
                "Why turnover is planned, and how a panel is allowed to say no.",
                (
                    DemoSpeaker(
                        "Tomasz Bielawski", "Engagement lead", "Wrenmouth County Council", "tomasz@wrenmouth.example"
                    ),
                ),
                film="public",
                slides="public",
            ),
            DemoTalk(
                "A reserve list of three hundred",
                "How a lottery, a phone bank and fair pay fill the chairs.",
                (DemoSpeaker("Ottoline Mbeki-Frost", "Panel director", "Lots & Lanterns"),),
                film="public",
            ),
        ),
        topics=("Deliberation", "Recruitment"),
    ),
    DemoMeeting(
        theme="Whose language is it anyway?",
        summary="Writing about models and records so that a tired person on a bus can decide what they think.",
        body="Plain words are not fewer words. We looked at three leaflets before and after, and at what readers of a "
        "Welsh version taught the authors of the English one.",
        talks=(
            DemoTalk(
                "Two languages, one question",
                "What drafting side by side does to a sentence.",
                (
                    DemoSpeaker(
                        "Gethin ap Rhydderch", "Engagement officer", "Cyngor Taf Newydd", "gethin@tafnewydd.example"
                    ),
                ),
                film="members",
                slides="public",
            ),
            DemoTalk(
                "The leaflet test",
                "If they cannot tell a friend, they have not been told.",
                (DemoSpeaker("Imogen Tallis", "Facilitator", "The Hearing Room", "imogen@hearingroom.example"),),
                film="public",
            ),
        ),
        topics=("Plain language", "Inclusion"),
    ),
    DemoMeeting(
        theme="Records of care: who decides what is shared",
        summary="A health board and a carers’ group on asking about records when people are at their most tired.",
        body="One project asked in waiting rooms, the other at kitchen tables. Both changed what they had planned.",
        talks=(
            DemoTalk(
                "Six waiting rooms",
                "A conversation that has to end when the nurse calls.",
                (
                    DemoSpeaker(
                        "Leilani Kahananui",
                        "Public involvement manager",
                        "Eastmoor Health Board",
                        "leilani@eastmoorhealth.example",
                    ),
                ),
                film="nobody",
                slides="members",
            ),
            DemoTalk(
                "At the kitchen table",
                "Peer interviews by people who look after somebody themselves.",
                (
                    DemoSpeaker(
                        "Parveen Dhaliwal", "Research coordinator", "Carers’ Atlas", "parveen@carersatlas.example"
                    ),
                ),
                film="members",
            ),
        ),
        topics=("Health", "Inclusion"),
    ),
    DemoMeeting(
        theme="Sixteen-year-olds and the machine that marks",
        summary="Young jurors looked at automated marking. What they asked for, and what happened to it.",
        body="The jurors were between fifteen and eighteen. They wrote eleven demands; seven have an answer.",
        talks=(
            DemoTalk(
                "Eleven demands",
                "The jury, its questions to the examiners, and the answers that came back.",
                (
                    DemoSpeaker(
                        "Mateus Figueiredo", "Youth worker", "Youth Jurors Network", "mateus@youthjurors.example"
                    ),
                    DemoSpeaker("Bronagh Siddall", "Juror", "Youth Jurors Network"),
                ),
                film="public",
            ),
            DemoTalk(
                "What a model of marking can and cannot say",
                "A walk through one score, slowly.",
                (
                    DemoSpeaker(
                        "Kwabena Osei-Tutu", "Machine learning engineer", "Plainmodel", "kwabena@plainmodel.example"
                    ),
                ),
                slides="public",
            ),
        ),
        topics=("Young people", "AI in public services"),
    ),
    DemoMeeting(
        theme="Did anything change?",
        summary="Following what the public said through an organisation, until it comes out at the other end.",
        body="A panel, because nobody has one answer: somebody who commissions, somebody who evaluates, somebody who "
        "was on the receiving end.",
        talks=(
            DemoTalk(
                "Tracing a recommendation",
                "Three views of the same report, two years on.",
                (
                    DemoSpeaker(
                        "Anneke van der Molen", "Grants manager", "Kettleyard Foundation", "anneke@kettleyard.example"
                    ),
                    DemoSpeaker(
                        "Farid Haghighi", "Senior lecturer", "University of Amberleigh", "farid@amberleigh.example"
                    ),
                    DemoSpeaker("Delphine Achebe", "Former panel member", ""),
                ),
                film="public",
                kind="panel",
            ),
        ),
        topics=("Evaluation",),
    ),
    DemoMeeting(
        theme="Cameras on lamp posts",
        summary="Street sensors, a sceptical town, and a map that people could scribble on.",
        body="The sensors count bicycles. The town was told so by the newspaper, which called them something else.",
        talks=(
            DemoTalk(
                "A map to scribble on",
                "Walks, chalk and a public register of every sensor.",
                (
                    DemoSpeaker(
                        "Dmytro Kovalchuk", "Service designer", "Transit for Vale", "dmytro@transitvale.example"
                    ),
                ),
                film="public",
                slides="public",
            ),
            DemoTalk(
                "What the register left out",
                "A view from the doorstep, one year later.",
                (DemoSpeaker("Nkechi Umeh", "Community organiser", "Doorstep Data", "nkechi@doorstepdata.example"),),
                film="members",
            ),
        ),
        topics=("Local government", "AI in public services"),
    ),
    DemoMeeting(
        theme="Paying people properly",
        summary="Vouchers, wages, benefits and tax: what it takes to pay members of the public for their time.",
        body="By far the most asked-for subject. There is a spreadsheet, and it is on the slides.",
        talks=(
            DemoTalk(
                "From vouchers to wages",
                "How one finance department was won round.",
                (DemoSpeaker("Beatriz Montserrat Solé", "Founder", "Civicloom", "beatriz@civicloom.example"),),
                film="public",
                slides="public",
            ),
            DemoTalk(
                "Benefits without fear",
                "A letter that people can show at the counter.",
                (
                    DemoSpeaker(
                        "Saoirse Ní Bhraonáin", "Campaigns lead", "Tenants’ Ledger", "saoirse@tenantsledger.example"
                    ),
                ),
                film="public",
            ),
        ),
        topics=("Recruitment", "Inclusion"),
    ),
)

LAST_WEEK = DemoMeeting(
    theme="A chatbot at the housing desk",
    summary="A council let tenants take its assistant apart before it went live. Two views of the same nine weeks.",
    body="Before a chatbot answered one question about repairs, forty tenants spent nine weeks trying to break it. We "
    "heard from the team that asked them, and from somebody who has read everything they wrote.",
    talks=(
        DemoTalk(
            "Nine weeks of trying to break it",
            "How the sessions were run, and what was switched off after them.",
            (
                DemoSpeaker(
                    "Yusra Okafor-Lindgren", "Head of insight", "Wrenmouth County Council", "yusra@wrenmouth.example"
                ),
            ),
            film="nobody",
            slides="members",
        ),
        DemoTalk(
            "What four hundred transcripts say",
            "Patterns in what tenants tried, and what they gave up on.",
            (DemoSpeaker("Roza Abdullayeva", "Research fellow", "Portcastle Institute", "roza@portcastle.example"),),
            film="public",
        ),
    ),
    topics=("AI in public services", "Local government"),
)

NEXT_WEEK = DemoMeeting(
    theme="Before the contract is signed",
    summary="Buying an AI system starts long before anybody asks the public. Two people who changed the order.",
    body="When there is something to show people, the contract is usually signed. This time we ask how the questions "
    "can come first.",
    talks=(
        DemoTalk(
            "Questions in the tender",
            "Six questions from residents, scored like any other requirement.",
            (
                DemoSpeaker(
                    "Hye-jin Paik",
                    "Senior policy adviser",
                    "Office for Data Stewardship",
                    "hyejin@datastewardship.example",
                ),
            ),
        ),
        DemoTalk("Talk to be confirmed", "", ()),
    ),
    topics=("AI in public services", "Evaluation"),
)
