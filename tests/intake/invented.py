"""Two invented reports, as data: what import should find in them, whatever dress `press` puts them in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    """A unit (`{{3}}` stands for marker 3) or, by its kind, something that interrupts: `pull`, `caption`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Part:
    """A section."""

    title: str
    level: int
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """A whole report."""

    title: str
    authors: list[str]
    date: str
    parts: list[Part]
    notes: dict[str, str]
    biography: str = ""
    institute: str = ""


def p(text: str) -> Piece:
    """Make a paragraph."""
    return Piece("paragraph", text)


TOLLS = Report(
    title="Dear Water, Dearer Roads: What the Aven Tolls Have Done to Freight",
    authors=["Mary Vale", "Ossian Kestrel"],
    date="March 2024",
    parts=[
        Part(
            "Executive Summary",
            1,
            [
                p(
                    "The tolls on the lower Aven were meant to pay for the locks. They have done so, but at a price "
                    "that the River Board did not foresee: gravel, grain and timber have gone to the roads, and few "
                    "of the shippers who left have come back."
                ),
                p(
                    "This paper asks who left, who stayed and why. It finds that the dry summer of 2021 explains a "
                    "good part of the fall, and the toll the rest."
                ),
            ],
        ),
        Part(
            "Introduction",
            1,
            [
                p(
                    "When the first toll-house opened at Ferrow in 2019, the board promised that no barge would pay "
                    "more than a lorry of the same load.{{1}} The promise held for two seasons. In 2021, with the "
                    "water at 1.4 metres and the long-distance rates rising, it was given up.{{2}}"
                ),
                p("Three questions have divided shippers and engineers since then:"),
                Piece("item", "Who pays the toll in the end, the shipper or the mill?"),
                Piece("item", "Who gains from the locks that the toll has paid for?{{3}}"),
                Piece("item", "What would have happened to freight without either of them?"),
                p(
                    "The answers matter beyond the valley. Four other river boards have drafted tolls on the same "
                    "model, and the ministry in Carrow has said that it will follow the one that “frightens the "
                    "fewest barges”.{{4}}"
                ),
            ],
        ),
        Part(
            "What Happened to Freight",
            1,
            [
                p(
                    "Tonnage on the lower river fell by a tenth in 2021 and by a further 4.5 per cent in 2022.{{5}} "
                    "Gravel and grain went first, since they had the shortest way to the road; timber held on until "
                    "the second winter. By 2023 the ratio of road to river freight stood at 8.5:1, against 6:1 "
                    "before the tolls."
                ),
                Piece("pull", "Gravel and grain went first, since they had the shortest way to the road."),
                p(
                    "The board’s own count, which it published with some delay, puts the fall lower. It counts "
                    "every barge that passes a lock, laden or not, and so a boat that goes home empty counts "
                    "twice.{{6}} Kestrel has shown elsewhere that empty runs rose by half in the same months, and "
                    "the board has not disputed his figures.{{7}}"
                ),
            ],
        ),
        Part(
            "The Dry Summer",
            2,
            [
                p(
                    "Drought is the board’s first explanation, and it is not a poor one. For 63 days between June "
                    "and September 2021 the gauge at Ferrow stood below the mark at which a fully laden barge can "
                    "pass. As the harbour-master of Ferrow put it in his evidence:"
                ),
                Piece(
                    "quotation",
                    "“We had boats lying here with grain in them for three weeks. You cannot charge a man for a "
                    "lock that he cannot reach, and you cannot ask him to love you for it afterwards. Most of them "
                    "unloaded on to lorries and went home.”{{8}}",
                ),
                p(
                    "Yet the water came back in October and the barges did not. Of the 212 boats that were laid up "
                    "in the dry weeks, 140 were sold before the spring, most of them to owners on other rivers."
                ),
            ],
        ),
        Part(
            "The Toll Itself",
            2,
            [
                p(
                    "The toll has three parts: a charge for each lock, a charge for each tonne, and a surcharge on "
                    "night passages. Only the second was foreseen in the River Act of 1998.{{9}} Shippers whom we "
                    "asked named the night surcharge more often than the other two together, because it falls on "
                    "those who must wait for daylight at the mill."
                ),
                Piece("caption", "Figure 2. Barges waiting at the Ferrow lock, November 2022. (M. Vale/Aven Society)"),
                p(
                    "A toll by the tonne can be passed on to the mill, and largely was. A toll by the hour cannot, "
                    "for no mill will pay for a boat that lies still. This self-made trap explains more of the loss "
                    "than the level of the charges does."
                ),
            ],
        ),
        Part(
            "Roads and Their Costs",
            1,
            [
                p(
                    "What left the river did not vanish. The road from Ferrow to Carrow carried 1,900 lorries a day "
                    "in 2023 (the count of 2018 was 1,240), and the county spent twice as much on its upkeep as in "
                    "any year before.{{10}} None of that stands in the board’s accounts."
                ),
                p(
                    "Long-distance hauliers have few reasons to complain. They have taken over what the barges "
                    "lost, at rates that are a fifth above those of 2019, and have begun to ask for a second "
                    "carriageway.{{11}}"
                ),
            ],
        ),
        Part(
            "Conclusion",
            1,
            [
                p(
                    "The tolls have paid for the locks and emptied them. A charge by the tonne alone, set below the "
                    "cost of the same load on the road, would bring in less money in the first year and more in the "
                    "fifth.{{12}} Whether the board can wait so long is a question for those who appoint it."
                ),
            ],
        ),
    ],
    notes={
        "1": "River Board, Lock Returns 2019, p. 4, https://riverboard.example/returns-2019 (accessed 3 May 2023).",
        "2": "“Board lifts ceiling on tolls,” Carrow Courier, July 9, 2021.",
        "3": "On the distribution of gains see Mary Vale, Locks and Levies (Carrow: Weir Press, 2022), pp. 31–58.",
        "4": "Minister Ada Thorne, speech in the county chamber, 12 February 2023.",
        "5": "River Board, Lock Returns 2022, table 3.",
        "6": "Ibid., p. 12.",
        "7": "Ossian Kestrel, “Counting empty boats,” Journal of Inland Freight 14, no. 2 (2023): pp. 101–119.",
        "8": "Evidence of T. Marsh, Inquiry into the Lower Aven, third day, 2022.",
        "9": "River Act 1998, section 14.",
        "10": "County of Carrow, Road Accounts 2023, https://carrow.example/roads/accounts-2023.",
        "11": "See “Hauliers ask for more road,” Carrow Courier, August 30, 2023; and Vale, Locks and Levies, p. 77.",
        "12": "Our own estimate; the method is described in Kestrel, “Counting empty boats”, 2023.",
    },
    biography="Mary Vale is a fellow of the Aven Society and teaches the economics of transport at the University "
    "of Carrow.",
    institute="The Aven Society is an independent, non-profit research institute that studies rivers and those who "
    "live by them.",
)

TALK = Report(
    title="After the Tolls: Two Views of the Aven",
    authors=["Ruth Marsh", "Piet Oakley"],
    date="9 April 2024",
    parts=[
        Part(
            "Has the river lost its freight for good?",
            1,
            [
                Piece(
                    "marsh",
                    "I do not think so. Freight follows cost, and cost can change in a season. What has been lost "
                    "is the habit of looking to the river first, and that took forty years to grow.",
                ),
                Piece(
                    "marsh",
                    "The mills still have their quays, after all. Nobody has pulled one down, and two have been "
                    "mended since the autumn.",
                ),
                Piece("pull", "What has been lost is the habit of looking to the river first."),
                Piece(
                    "oakley",
                    "I am less hopeful. The boats are sold, and the men who could handle them drive lorries now or "
                    "have left the valley. One cannot bring that back by lowering a charge.",
                ),
            ],
        ),
        Part(
            "What should the board do next?",
            1,
            [
                Piece(
                    "oakley",
                    "It should say openly that the night surcharge was a mistake, and drop it at once. No one will "
                    "trust the next promise while the last one is still being collected.",
                ),
                Piece(
                    "marsh",
                    "Here we agree. I would add a guarantee for ten years, written into the act, because an owner "
                    "who builds a barge thinks in decades.",
                ),
            ],
        ),
    ],
    notes={},
)
