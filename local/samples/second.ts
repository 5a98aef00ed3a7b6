import type { Piece } from "./outlets.ts";

/** The ferry, the main story of the later news, by several outlets. */
export const islandFerry: readonly Piece[] = [
  {
    in: "northmoor-courier",
    slug: "island-votes-ferry",
    hours: 2,
    section: "Islands",
    by: "Rosalind Peake",
    title: "Kestrel Island votes nine to one to buy its own ferry",
    picture: { name: "dawn", alt: "A small white ferry at sunrise, the island’s lighthouse behind it" },
    text: `Kestrel Island will own the boat that connects it to the mainland. In a vote counted in the school hall this morning 611 of 684 islanders chose to buy a ferry together, more than the two thirds that the island’s charter asks for.

The boat they have in mind is nineteen years old, lies at a yard in Aldermouth and costs 6.2 million crowns. It is slower than the present one by eleven minutes and can carry the hearse, the fire engine and the grain lorry, though not on the same day.

“We have been passengers for a hundred and thirty years,” said Philippa Dunne, who keeps the island’s shop and led the campaign. “Passengers complain. Owners have to mend things. I expect we shall do both.”

The idea was born in the nineteen days without a sailing. By the second week the island had run out of yeast, lamp oil and patience, and a list went round in the shop on which people wrote what they would put in. It came to 840,000 crowns before anyone had asked a bank.

The rest is to come from the region’s fund for remote places and from a loan over twenty years. The fund’s board meets on the ninth. Its chairman said the application was “the first I have read that was signed by every household and one dog”.

The Strait Line, which has run the crossing since the lighthouse was built, said it wished the island well and would go on sailing until the end of its contract in October. It did not say what it would do with the pier, which it owns.

That may be where the matter turns next. A lawyer for the island says that the pier was given to the company for as long as it “keeps a boat upon the crossing”, and not a day longer.`,
  },
  {
    in: "harbour-post",
    slug: "island-buys-ferry",
    hours: 1.5,
    section: "Islands",
    title: "Islanders of Kestrel vote nine to one to buy a ferry of their own",
    text: `Kestrel Island has voted by 611 to 73 to buy its own ferry. The boat, which lies at Aldermouth, costs 6.2 million crowns and should sail from October, when the contract of the Strait Line ends.

The islanders have pledged 840,000 crowns of it themselves. The company still owns the pier.`,
  },
  {
    in: "meridian-wire",
    slug: "kestrel-ferry-vote",
    hours: 1.8,
    section: "Home",
    title: "Kestrel Island votes to buy own ferry",
    text: `KESTREL ISLAND (Meridian) - The 684 voters of Kestrel Island decided by nine to one to buy their own ferry, the returning officer said.

The boat costs 6.2 million crowns. The present operator’s contract ends in October.`,
  },
];

/** The rest of the later news, which is released after the first edition is made. */
export const second: readonly Piece[] = [
  {
    in: "lantern",
    slug: "peat-carbon",
    hours: 4,
    section: "Climate",
    by: "Perpetua Lode",
    title: "Blocking ditches with heather bales made a peat bog store carbon again in four years",
    text: `A drained bog above Northmoor has begun to store carbon again four years after its ditches were blocked with bales of heather, far sooner than the twenty years that models gave it.

Towers that measure the gas above the bog found it took in 1.1 tonnes a hectare last year. In the year before the ditches were blocked it had lost 3.9.

The bales cost almost nothing: they are what is cut anyway to keep paths open. Volunteers carried 14,000 of them.

“It is the cheapest instrument I have ever worked with,” said Dr Cosima Renn. “The next cheapest was a bucket.”`,
  },
  {
    in: "northmoor-courier",
    slug: "bog-heather-bales",
    hours: 3.5,
    section: "Hills",
    title: "Northmoor’s peat bog stores carbon again, thanks to 14,000 bales of heather",
    text: `The bog above Northmoor stores carbon again, four years after volunteers blocked its ditches with 14,000 bales of heather. It took in 1.1 tonnes a hectare last year, the Lantern Institute found.

The golden plover is back as well. Nobody had planned for that.`,
  },
  {
    in: "meridian-wire",
    slug: "coins-withdrawn",
    hours: 5,
    section: "Economy",
    title: "Central bank to withdraw the five-penny coin that costs seven to make",
    text: `CAPITAL (Meridian) - The five-penny coin will be withdrawn over two years because it costs seven pennies to make, the central bank said.

Prices in cash are to be rounded to the nearest ten. The bank asked people to bring in their jars before the summer.`,
  },
  {
    in: "ledger-lane",
    slug: "five-penny-coin",
    hours: 4.5,
    section: "Money",
    title: "Central bank to withdraw the five-penny coin that costs seven to make",
    text: `CAPITAL (Meridian) - The five-penny coin will be withdrawn over two years because it costs seven pennies to make, the central bank said.

Prices in cash are to be rounded to the nearest ten. The bank asked people to bring in their jars before the summer.`,
  },
  {
    in: "harbour-post",
    slug: "school-meals",
    hours: 2.5,
    section: "Schools",
    title: "Port Ellery’s schools will cook their own lunches again, beginning with soup",
    text: `Twenty-three schools in Port Ellery will cook lunch in their own kitchens again from Easter, ending a contract under which it came by lorry from 140 kilometres away.

For the first month there will be soup. The cooks asked for it: they are new, and the children are honest.`,
  },
  {
    in: "harbour-post",
    slug: "hospital-wing",
    hours: 3.2,
    section: "Health",
    title: "Hospital opens a ward with windows that open, and patients go home a day sooner",
    text: `Patients in the new ward of Port Ellery’s infirmary went home a day sooner on average than those in the old one, figures for its first half year show. The ward differs in three things: single rooms, a nurse for every four beds, and windows that open.

The infirmary does not know which of the three it was, and has decided not to find out by leaving one away.`,
  },
  {
    in: "harbour-post",
    slug: "statue-returned",
    hours: 4.2,
    section: "Culture",
    title: "The bronze pilot, stolen from the quay in 1974, comes back in a furniture van",
    text: `The bronze figure of a harbour pilot that vanished from Packet Quay in 1974 was left outside the maritime museum before dawn, wrapped in a quilt, with a note that read “Sorry for the delay”.

The museum says it is real. One ear is polished bright, as if someone had hung a hat on it for fifty years.`,
  },
  {
    in: "harbour-post",
    slug: "quay-rent",
    hours: 5.5,
    section: "Homes",
    title: "City buys the sail lofts to rent them to people who work at night",
    text: `The city has bought the eleven sail lofts on Rope Walk for 9 million crowns and will let the forty flats in them to bakers, nurses, tram drivers and others who work at night and cannot live far out.

Rents are set at a quarter of wages. There were 900 applications within a day.`,
  },
  {
    in: "northmoor-courier",
    slug: "wolves-fence",
    hours: 4.8,
    section: "Hills",
    title: "Shepherds and wolf counters agree on one map, after eleven years with two",
    text: `Northmoor’s shepherds and the county’s wolf counters have agreed on a single map of where the packs are. There are five, one more than the counters had and four fewer than the shepherds.

Money for fences will follow the map from the spring. The sixth line of the agreement says who pays for the dogs’ food.`,
  },
  {
    in: "northmoor-courier",
    slug: "phone-box-heart",
    hours: 5.2,
    section: "Health",
    title: "A defibrillator in a phone box saved its ninth life, and the village gave a party",
    text: `The defibrillator in the phone box at Upper Tarn was used for the ninth time on Sunday, and for the ninth time it worked. All nine came to the party.

The machine was bought with the proceeds of a cookbook. A second edition is being printed.`,
  },
  {
    in: "northmoor-courier",
    slug: "snow-ploughs",
    hours: 6,
    section: "Transport",
    title: "County lets farmers plough the snow, and pays them in road salt and diesel",
    text: `Sixty farmers will clear the small roads of Northmoor this winter in return for diesel and as much road salt as their gates need. The county’s own ploughs keep to the main roads.

Last year some hamlets waited five days. The agreement promises one.`,
  },
  {
    in: "meridian-wire",
    slug: "minister-resigns",
    hours: 2.8,
    section: "Politics",
    title: "Minister for fisheries resigns over a trawler he forgot he owned",
    text: `CAPITAL (Meridian) - The minister for fisheries, Casimir Holt, resigned after it emerged that he owns an eighth of a trawler whose quota he had signed.

He had inherited the share and said he believed the ship had sunk. It had, but was raised.`,
  },
  {
    in: "meridian-wire",
    slug: "dam-treaty",
    hours: 3.8,
    section: "Abroad",
    title: "Three countries sign a treaty to share the Vell in dry years as well as wet ones",
    text: `SORREL (Meridian) - The three countries on the Vell signed a treaty that divides the river’s water by what falls, and not by what fell when the first treaty was drawn up in a wet decade.

Gauges will be read by each country’s neighbour.`,
  },
  {
    in: "meridian-wire",
    slug: "quake-lakes",
    hours: 1.2,
    section: "Home",
    title: "Small earthquake rattles the northern lakes, and shelves, without damage",
    text: `VELL JUNCTION (Meridian) - An earthquake of magnitude 3.9 shook the northern lakes at 5:12 a.m., the seismological service said. No damage was reported.

A museum of glass said it had lost one goblet, “the ugly one”.`,
  },
  {
    in: "lantern",
    slug: "crow-queue",
    hours: 5.8,
    section: "Animals",
    title: "Crows queue at a feeder if they know they will be served, patient tests show",
    text: `Crows that had learned a feeder never ran empty stood in line for it; crows that had seen it run empty once did not, for three weeks. The order of the line did not follow rank.

The study watched 31 birds for two winters. Its authors say it shows expectation, and warn against calling it manners.`,
  },
  {
    in: "lantern",
    slug: "salt-battery",
    hours: 6.5,
    section: "Engineering",
    title: "A battery of sea salt and old bricks kept a village hall warm for eleven days",
    text: `Heat stored in bricks soaked with salt kept the hall at Upper Tarn at nineteen degrees for eleven sunless days, in the longest trial yet of such a store. It had been charged by the roof in August.

The store is as large as a bus and has no moving parts. It loses a tenth of its heat a month.`,
  },
  {
    in: "lantern",
    slug: "old-star-chart",
    hours: 7,
    section: "Sky",
    title: "A star chart found in a hymn book records a nova that no observatory saw",
    text: `A pencilled chart of 1781, found in a hymn book in Aldermouth, shows a star where none is today. A search of the spot turned up a faint shell of gas that is the right age for a nova.

The chart is signed “M., after milking”. The parish has begun to look for her.`,
  },
  {
    in: "ledger-lane",
    slug: "four-day-foundry",
    hours: 3.6,
    section: "Work",
    title: "Foundry that went to four days makes as many bells as it did in five",
    text: `The bell foundry at Vell Junction, which went to a four-day week a year ago, cast 212 bells in that time, two more than the year before. Sick days fell by a third.

The furnace likes it too: it is now lit once a week and not five times, which saves a fifth of the gas.`,
  },
  {
    in: "ledger-lane",
    slug: "parcel-bikes",
    hours: 5.4,
    section: "Trade",
    title: "Parcels by cargo bike arrive sooner than by van in the old town, a year’s figures say",
    text: `A year’s figures from two firms that share Port Ellery’s old town show that parcels brought by cargo bike arrived 24 minutes sooner than those brought by van, and cost a tenth less to deliver.

The vans lost most of their time looking for a place to stop. On the hill they won by nine minutes.`,
  },
  {
    in: "ledger-lane",
    slug: "orchard-insurance",
    hours: 6.2,
    section: "Food",
    title: "Fruit growers insure each other against frost, with a thermometer as the judge",
    text: `Eighty fruit growers in the Tarn Valley have founded an insurer that pays when a thermometer falls below minus two in blossom, with no claim to file and nobody to convince.

The thermometer stands in a churchyard, behind a fence, and three people must be present to read it.`,
  },
  {
    in: "touchline",
    slug: "rowing-final",
    hours: 2.2,
    section: "Rowing",
    by: "Barnaby Oake",
    title: "Port Ellery’s women win the eights by a foot, from the lane nobody wanted",
    text: `Port Ellery’s women won the national eights by about a foot, from lane six, which is rougher and had not produced a winner since 1998.

They had practised all autumn in the wash of the island ferry until it stopped sailing, and after that in the wash of anything they could find.`,
  },
  {
    in: "touchline",
    slug: "chess-strike",
    hours: 4.4,
    section: "Chess",
    title: "Chess league lets its players agree a draw only after they have shaken with cold",
    text: `The Northmoor chess league has banned draws by agreement before move thirty, except in halls below fourteen degrees. Two of its halls qualify.

The rule follows a Saturday on which eleven of twelve games ended within twenty minutes, in time for the football.`,
  },
  {
    in: "touchline",
    slug: "referee-retires",
    hours: 6.8,
    section: "Football",
    title: "Referee retires after 1,200 matches with the whistle he began with",
    text: `Cornelius Ashby has refereed his last match, his 1,200th, with the brass whistle he was given for his first. Both teams let him blow it once more after the end.

He sent off 41 players, and says he remembers each of them and was wrong about two.`,
  },
];
