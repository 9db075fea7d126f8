"""The members of the demo network, and two guests. Nobody here exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody as they joined. `sector` is a value of `members.Sector`; `also_known_as` has one name a line."""

    name: str
    email: str
    organisation: str
    sector: str
    job_title: str
    also_known_as: str = ""


ORGANISER = DemoPerson(
    "Adaeze Whitlock", "adaeze@commonground.example", "Commonground Trust", "civil-society", "Convenor"
)
NOTE_TAKER = DemoPerson(
    "Ruairí Penhallow", "ruairi@commonground.example", "Commonground Trust", "civil-society", "Programme associate"
)

MEMBERS = (
    DemoPerson(
        "Yusra Okafor-Lindgren",
        "yusra@wrenmouth.example",
        "Wrenmouth County Council",
        "public",
        "Head of insight",
        "Yusra OL\nWCC",
    ),
    DemoPerson(
        "Tomasz Bielawski", "tomasz@wrenmouth.example", "Wrenmouth County Council", "public", "Engagement lead", "Tomek"
    ),
    DemoPerson(
        "Hye-jin Paik",
        "hyejin@datastewardship.example",
        "Office for Data Stewardship",
        "public",
        "Senior policy adviser",
        "Jinny\nODS",
    ),
    DemoPerson(
        "Gethin ap Rhydderch",
        "gethin@tafnewydd.example",
        "Cyngor Taf Newydd",
        "public",
        "Swyddog ymgysylltu",
        "Taf Newydd Council",
    ),
    DemoPerson(
        "Leilani Kahananui",
        "leilani@eastmoorhealth.example",
        "Eastmoor Health Board",
        "public",
        "Public involvement manager",
    ),
    DemoPerson(
        "Oluwaseun Adebayo-Hart",
        "seun@eastmoorhealth.example",
        "Eastmoor Health Board",
        "public",
        "Data protection officer",
        "Seun",
    ),
    DemoPerson(
        "Ffion Cadwallader", "ffion@statsbureau.example", "Bureau of Social Statistics", "public", "Methodologist"
    ),
    DemoPerson(
        "Dmytro Kovalchuk",
        "dmytro@transitvale.example",
        "Transit for Vale",
        "public",
        "Service designer",
        "Дмитро Ковальчук\nTfV",
    ),
    DemoPerson(
        "Imogen Tallis", "imogen@hearingroom.example", "The Hearing Room", "civil-society", "Facilitator", "Immy"
    ),
    DemoPerson("Rashid Qureshi-Bell", "rashid@doorstepdata.example", "Doorstep Data", "civil-society", "Director"),
    DemoPerson("Nkechi Umeh", "nkechi@doorstepdata.example", "Doorstep Data", "civil-society", "Community organiser"),
    DemoPerson(
        "Saoirse Ní Bhraonáin",
        "saoirse@tenantsledger.example",
        "Tenants’ Ledger",
        "civil-society",
        "Campaigns lead",
        "Seersha Brennan",
    ),
    DemoPerson(
        "Anneke van der Molen", "anneke@kettleyard.example", "Kettleyard Foundation", "civil-society", "Grants manager"
    ),
    DemoPerson(
        "Parveen Dhaliwal", "parveen@carersatlas.example", "Carers’ Atlas", "civil-society", "Research coordinator"
    ),
    DemoPerson(
        "Mateus Figueiredo",
        "mateus@youthjurors.example",
        "Youth Jurors Network",
        "civil-society",
        "Youth worker",
        "Mat",
    ),
    DemoPerson("Siobhan Achterberg", "siobhan@plainmodel.example", "Plainmodel", "private", "Product lead"),
    DemoPerson(
        "Kwabena Osei-Tutu", "kwabena@plainmodel.example", "Plainmodel", "private", "Machine learning engineer", "Kwabs"
    ),
    DemoPerson("Beatriz Montserrat Solé", "beatriz@civicloom.example", "Civicloom", "private", "Founder", "Bea"),
    DemoPerson("Henrik Strandqvist", "henrik@northquay.example", "Northquay Consulting", "private", "Consultant"),
    DemoPerson("Lakshmi Venkataraman", "lakshmi@signalwell.example", "Signalwell", "private", "Ethics lead", "Lux"),
    DemoPerson(
        "Farid Haghighi",
        "farid@amberleigh.example",
        "University of Amberleigh",
        "academia",
        "Senior lecturer",
        "Fareed",
    ),
    DemoPerson(
        "Clementine Ashworth-Diallo",
        "clem@amberleigh.example",
        "University of Amberleigh",
        "academia",
        "Doctoral researcher",
        "Clem",
    ),
    DemoPerson("Jun Watanabe", "jun@portcastle.example", "Portcastle Institute", "academia", "Professor", "渡辺 淳"),
    DemoPerson("Roza Abdullayeva", "roza@portcastle.example", "Portcastle Institute", "academia", "Research fellow"),
    DemoPerson("Callum MacEachern", "callum@strathlorne.example", "Strathlorne College", "academia", "Lecturer"),
)

GUESTS = (
    DemoPerson("Wilhelmina Oduya", "mina@quarrybank.example", "Quarrybank Library Service", "public", ""),
    DemoPerson("Petros Anagnostou", "petros@freelance.example", "", "private", ""),
)
