import type { Piece } from "./outlets.ts";

/** The first edition's main story by three outlets, and its news of the next day. */
export const barrier: readonly Piece[] = [
  {
    in: "harbour-post",
    slug: "barrier-holds",
    hours: 9,
    section: "City",
    by: "Ottoline Brask",
    title: "Port Ellery’s tidal barrier holds through the highest water in sixty years",
    picture: {
      name: "storm",
      alt: "Nine white-hooded piers of the barrier under a half-hidden moon, waves before them",
    },
    text: `The tidal barrier at the mouth of Port Ellery harbour held overnight against the highest water the city has measured in sixty years, keeping the sea out of four thousand homes that the last great flood reached.

The gauge at Customs Steps stood at 5.31 metres at ten minutes past two, eleven centimetres below the crest of the barrier’s gates and nineteen above the mark that a brass plate on the fish market has shown since the flood of the spring tides.

“You could hear it working,” said Ansel Quill, who has kept the gatehouse for twenty-two years. “The hinges groan when the load comes on, and then they stop groaning, and that is when you start to trust them.”

The Harbour Trust closed all nine gates shortly after nine in the evening, three hours earlier than planned, when the tide gauge on Kestrel Island ran ahead of the forecast. Trams stopped at ten, and the two hospitals in the lower town moved patients from their ground floors as a precaution.

Outside the gates the picture was harsher. Waves took sixty metres of the promenade at Saltmarsh Bay, and the causeway to the lighthouse is gone in two places. Nobody was reported hurt.

The barrier cost 412 million crowns and was fought over for a decade. It was to close once or twice a year. This was its seventh closure in three months, and the Trust’s engineers say the question is no longer whether it works but how often it can be asked to.

Inspectors will go down to the foundations of gates four and five at low water today. Both took the weight of a drifting barge for almost a minute before a tug pulled it clear, and the gauges in the concrete beneath them recorded strains that nobody has seen before.

The gates open again on this evening’s ebb, if the inspection allows. Until then forty-one ships wait in the roads, among them the weekly grain boat.`,
  },
  {
    in: "northmoor-courier",
    slug: "barrier-highest-water",
    hours: 8,
    section: "Region",
    title: "Highest water in sixty years tests Port Ellery’s tidal barrier, and it holds",
    text: `Port Ellery’s tidal barrier has held through the highest water in sixty years. The gauge at Customs Steps reached 5.31 metres shortly after two in the morning, and the lower town stayed dry.

In Northmoor, where many remember taking in families after the last great flood, the council had opened three school halls overnight. “We made four hundred beds and nobody slept in one of them,” said the council’s leader, Hester Vane. “I have never been so happy to fold blankets.”

The causeway to the lighthouse at Saltmarsh Bay was broken in two places and will be closed until spring.`,
  },
  {
    in: "meridian-wire",
    slug: "barrier-holds-record",
    hours: 10,
    section: "Home",
    title: "Tidal barrier holds as Port Ellery sees highest water in sixty years",
    text: `PORT ELLERY (Meridian) - The tidal barrier of Port Ellery held on the highest water in sixty years, the Harbour Trust said. The gauge at Customs Steps peaked at 5.31 metres at 2:10 a.m.

All nine gates were closed at 9 p.m., three hours ahead of plan. No one was reported hurt. Forty-one ships were waiting to enter the harbour.`,
  },
];

export const barrierNextDay: readonly Piece[] = [
  {
    in: "harbour-post",
    slug: "barrier-gate-four",
    hours: 3,
    section: "City",
    by: "Ottoline Brask",
    title: "Divers find a crack beneath gate four, and the harbour opens on half its width",
    text: `Divers inspecting Port Ellery’s tidal barrier have found a hairline crack in the footing of gate four, the Harbour Trust said this morning. The gate will stay shut until it has been pinned, which leaves ships half of the usual channel.

The crack is as long as a forearm and no wider than a coin’s edge. “It is the kind of thing you inspect for,” said the Trust’s chief engineer, Ida Marrow. “I would rather find one than be told there were none.”

The repair is expected to take nine days. The next tide that would need the barrier is nineteen days away.`,
  },
];
