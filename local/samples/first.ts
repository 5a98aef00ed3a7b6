import type { Piece } from "./outlets.ts";

/** The rest of the news that the sources have at their first poll. */
export const first: readonly Piece[] = [
  {
    in: "meridian-wire",
    slug: "night-train-returns",
    hours: 14,
    section: "Travel",
    title: "Night train from Port Ellery to the lakes returns after eleven years",
    text: `VELL JUNCTION (Meridian) - The night train between Port Ellery and the northern lakes will run again from March, eleven years after the last one was withdrawn, Vell Railways said.

The train will leave at 21:40 on Thursdays, Fridays and Sundays with six sleeping cars rebuilt from stock that had been sold for scrap. A berth costs 38 crowns; a seat, 14.

The line’s signal boxes must first be staffed again after dark. Of nineteen signallers asked to come back from retirement, seventeen said yes.`,
  },
  {
    in: "harbour-post",
    slug: "night-train-lakes",
    hours: 12,
    section: "Travel",
    title: "Night train from Port Ellery to the lakes returns after eleven years",
    text: `VELL JUNCTION (Meridian) - The night train between Port Ellery and the northern lakes will run again from March, eleven years after the last one was withdrawn, Vell Railways said.

The train will leave at 21:40 on Thursdays, Fridays and Sundays with six sleeping cars rebuilt from stock that had been sold for scrap. A berth costs 38 crowns; a seat, 14.

The line’s signal boxes must first be staffed again after dark. Of nineteen signallers asked to come back from retirement, seventeen said yes.`,
  },
  {
    in: "lantern",
    slug: "roof-moss",
    hours: 11,
    section: "Materials",
    by: "Perpetua Lode",
    title: "A moss from wet ravines cools city roofs by nine degrees, a three-year trial finds",
    text: `A moss that grows in the wet ravines of the Tarn Valley keeps flat roofs up to nine degrees cooler on summer afternoons, according to a three-year trial on forty buildings by the Lantern Institute.

The moss drinks from fog, needs no soil and dries to a crust that comes back to life within an hour of rain. Roofs planted with it also drained more slowly in cloudbursts, which kept two thirds of the water out of the sewers for the first half hour.

It has one enemy. Blackbirds on eleven of the forty roofs threw it about in search of insects, and on two of them removed it altogether.

“We are not going to win against the blackbirds,” said the trial’s leader, Dr Cosima Renn. “We now plant it under a net for the first season, and then it is too dense to be worth their trouble.”`,
  },
  {
    in: "ledger-lane",
    slug: "moss-roofs-cool",
    hours: 7,
    section: "Building",
    title: "Moss that cools city roofs by nine degrees finds its first buyers",
    text: `The Tarn Valley moss that cooled flat roofs by nine degrees in a three-year trial has its first buyers: two housing co-operatives in Port Ellery and a bakery in Northmoor.

A square metre costs 21 crowns, a third of a sedum roof. The Lantern Institute, which ran the trial, grows it in an old dye works.`,
  },
  {
    in: "ledger-lane",
    slug: "ferry-pay-deal",
    hours: 13,
    section: "Work",
    by: "Leopold Sarn",
    title: "Strait Line and its deckhands settle after nineteen days, with a rota at the heart of it",
    text: `The Strait Line and the deckhands’ union have settled the dispute that kept the island boats tied up for nineteen days. The first sailing is at six tomorrow morning.

Pay rises by 4.5 per cent, less than the union asked. What ended it was the rota: no one will work more than nine days in a row, and the winter timetable loses its last crossing at midnight.

The company put the cost at 2.1 million crowns a year and said fares would not change before the summer.`,
  },
  {
    in: "harbour-post",
    slug: "ferries-sail-again",
    hours: 12.5,
    section: "Islands",
    title: "Island ferries sail again tomorrow as Strait Line and deckhands settle",
    text: `The island boats sail again at six tomorrow morning. The Strait Line and the deckhands’ union settled last night after nineteen days, and the school on the island opens a day later for want of bread.

Fares stay as they are until the summer. The midnight crossing is gone for good.`,
  },
  {
    in: "northmoor-courier",
    slug: "library-van",
    hours: 15,
    section: "Towns",
    title: "Northmoor keeps its library vans by lending tools from them as well",
    text: `The four library vans of Northmoor will go on running after the county found the money in an unlikely place: the budget for repair cafés. From January they carry drills, sanders and a sewing machine as well as books.

The vans reach 112 villages. On the trial run the first thing borrowed was a novel, the second a torque wrench.`,
  },
  {
    in: "northmoor-courier",
    slug: "school-bus-hydrogen",
    hours: 17,
    section: "Transport",
    title: "Thirty school buses go back to diesel after a winter of frozen valves",
    text: `Northmoor is taking its thirty hydrogen school buses off the road until spring. Valves froze on nine mornings this month, and drivers were sent out at four to warm them with hair dryers.

The maker, Tallow and Finch, will replace the valves without charge. The diesels that stand in were to have been sold in October.`,
  },
  {
    in: "northmoor-courier",
    slug: "bridge-weight",
    hours: 19,
    section: "Transport",
    title: "Lorries banned from the old bridge at Aldermouth until it has been weighed",
    text: `Lorries of more than seven tonnes may not cross the bridge at Aldermouth from Monday. Engineers found that the figures for what it can bear were copied in 1961 from another bridge of the same name.

The detour is twenty-six kilometres. Milk tankers may cross singly, at walking pace, with a man in front.`,
  },
  {
    in: "northmoor-courier",
    slug: "court-well",
    hours: 20,
    section: "Courts",
    title: "Court gives a hill farm back its well, 140 years after the map was wrong",
    text: `A court in Northmoor has ruled that the spring above Crook Farm belongs to the farm, and not to the estate that has charged for its water since a surveyor drew the wall on the wrong side.

The estate must repay six years of water, which comes to 4,112 crowns and a ram.`,
  },
  {
    in: "harbour-post",
    slug: "tram-night",
    hours: 16,
    section: "City",
    title: "Trams to run all night at weekends from the new year",
    text: `Three of Port Ellery’s tram lines will run all night on Fridays and Saturdays from the new year. The council voted 31 to 12 for a year’s trial, paid for by raising the price of parking on the quays.

Line four, past the hospital, was added after nurses filled the public gallery.`,
  },
  {
    in: "harbour-post",
    slug: "fish-market-roof",
    hours: 18,
    section: "City",
    title: "Fish market to move for two years while its iron roof is mended",
    text: `The fish market leaves its hall in April for the first time since it was built. Rust has eaten through eleven of the roof’s thirty-two ribs, and the casting works that made them is a cinema.

Traders move to the old customs shed. The brass plate with the flood marks comes too, “so that we do not argue,” as the market’s warden put it.`,
  },
  {
    in: "harbour-post",
    slug: "house-prices-quay",
    hours: 21,
    section: "Homes",
    title: "Flats behind the barrier now cost less to insure than those on the hill",
    text: `For the first time it is cheaper to insure a flat on the quays of Port Ellery than one on Castle Hill, where the storms of the last three winters have stripped slates by the thousand.

The average premium on the quays fell to 310 crowns. On the hill it is 345, and one insurer has stopped writing policies for houses with turrets.`,
  },
  {
    in: "meridian-wire",
    slug: "census-language",
    hours: 11.5,
    section: "Home",
    title: "Census counts more speakers of Old Vellish than at any time in a century",
    text: `CAPITAL (Meridian) - The number of people who speak Old Vellish at home has risen to 61,400, the most in a century, the statistics office said.

More than half of them are under thirty. The office said a song contest had “plausibly more to do with it than forty years of policy”.`,
  },
  {
    in: "meridian-wire",
    slug: "grain-boat-price",
    hours: 13.5,
    section: "Economy",
    title: "Bread price to be printed on every loaf under law passed by one vote",
    text: `CAPITAL (Meridian) - Bakers will have to print the price of a kilo on every loaf from July under a law that parliament passed by 88 votes to 87.

The deciding vote was cast by a member who had left his sick bed and, on the way, bought a loaf.`,
  },
  {
    in: "meridian-wire",
    slug: "border-post-closes",
    hours: 15.5,
    section: "Abroad",
    title: "Last staffed border post on the Sorrel Pass closes as two customs unions merge",
    text: `SORREL PASS (Meridian) - The last customs post on the Sorrel Pass closed at midnight as the two unions on either side of it became one.

Its four officers, two from each side, had shared a kitchen since 1988. They kept the table.`,
  },
  {
    in: "lantern",
    slug: "eel-clock",
    hours: 16.5,
    section: "Animals",
    title: "Eels tell the hour by the taste of the river, an experiment with salt suggests",
    text: `Young eels kept in darkness still turn upstream at the hour of the flood tide, and stop doing so when the trace of salt in their water is held constant. That suggests they read the clock in what they taste, researchers at the Lantern Institute report.

The effect is small, was seen in 140 of 200 animals and needs repeating in another river, which two groups have begun to do.`,
  },
  {
    in: "lantern",
    slug: "quiet-propeller",
    hours: 22,
    section: "Engineering",
    title: "A propeller shaped like an owl’s wing makes small boats half as loud under water",
    text: `A ship’s propeller with a comb along its leading edge, as an owl’s wing has, halved the noise of a small ferry under water without costing it speed, sea trials off Kestrel Island show.

Porpoises, which had kept 800 metres from the boat, came to within 200.`,
  },
  {
    in: "lantern",
    slug: "dust-glacier",
    hours: 23,
    section: "Climate",
    title: "Desert dust made the northern glaciers melt nine days early, ice cores show",
    text: `A single dust storm in April brought the melt of the northern glaciers forward by nine days, according to cores drilled in September. The brown layer is thinner than a fingernail.

Such storms came once in twelve years before 1990 and have come in four of the last seven.`,
  },
  {
    in: "ledger-lane",
    slug: "clockmakers-hire",
    hours: 10.5,
    section: "Work",
    title: "Clockmakers of Hallow Street cannot find apprentices, so they are training postmen",
    text: `The nine clockmakers of Hallow Street have forty months of orders and one apprentice. From spring they will train postmen whose rounds have been cut, two afternoons a week, on full pay.

“They have the hands,” said Wilhelmina Tace, whose firm mends the station clocks. “And they know what it is to be expected at a certain time.”`,
  },
  {
    in: "ledger-lane",
    slug: "cable-copper",
    hours: 14.5,
    section: "Trade",
    title: "Copper from the old sea cable turns out to be worth more than the new cable cost",
    text: `The company that laid the new cable to Kestrel Island has been paid 3.4 million crowns for the copper of the old one, more than the new one cost to make.

It had agreed to take the old cable away free of charge, as a courtesy.`,
  },
  {
    in: "ledger-lane",
    slug: "co-op-dairy",
    hours: 18.5,
    section: "Food",
    title: "Dairy co-operative pays its farmers by the day again, and they stop leaving",
    text: `A year after it began to pay for milk each day and not each quarter, the Vell dairy co-operative says that no farm has left it. Forty-four had gone in the two years before.

The change costs a clerk and a half. The bank, which lent against the quarters, has asked whether it may help.`,
  },
  {
    in: "touchline",
    slug: "harriers-cup",
    hours: 12.2,
    section: "Football",
    by: "Barnaby Oake",
    title: "Aldermouth’s part-timers knock out the league leaders with the last kick",
    text: `Aldermouth Harriers, who train twice a week behind a garden centre, beat Port Ellery United 2-1 with the last kick of their cup tie and go into the last sixteen for the first time.

The goal was scored by Tobias Crake, who drives the library van. He was at work at eight this morning, forty kilometres away, and was applauded in three villages.`,
  },
  {
    in: "touchline",
    slug: "swim-strait",
    hours: 17.5,
    section: "Swimming",
    title: "Swimmer of sixty-eight crosses the Kestrel strait by waiting six days for the tide",
    text: `Marguerite Sloe, 68, has swum the eleven kilometres from Kestrel Island to the mainland. It took five hours and two minutes, after six days in a tent watching buoys.

She had been told she was too slow. “Too slow for the wrong tide,” she said.`,
  },
  {
    in: "touchline",
    slug: "hill-race",
    hours: 20.5,
    section: "Running",
    title: "Record falls in the Northmoor hill race, on the day its course got longer",
    text: `The record of the Northmoor hill race has fallen by eleven seconds, though a landslip had made the course ninety metres longer. Juno Farrow, a postwoman from Tarn, won in 1:02:14.

She said she had not known about the ninety metres, and that it was better so.`,
  },
];
