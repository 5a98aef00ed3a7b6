/** The invented outlets of the sample sources. None of them exists, nor do the places and people they write about. */
export const outlets = {
  "harbour-post": { title: "The Harbour Post", about: "News from Port Ellery and the coast", format: "rss" },
  "northmoor-courier": { title: "Northmoor Courier", about: "The hills, the towns and the valleys", format: "atom" },
  "meridian-wire": { title: "Meridian Wire", about: "News agency", format: "rss" },
  lantern: { title: "The Lantern", about: "Science, patiently", format: "json" },
  "ledger-lane": { title: "Ledger Lane", about: "Work, money and how things are made", format: "atom" },
  touchline: { title: "Touchline", about: "Sport, outdoors and Saturday afternoons", format: "json" },
} as const;

export type OutletId = keyof typeof outlets;
export const outletIds = Object.keys(outlets).filter((id): id is OutletId => id in outlets);

/** Files in pictures/, drawn for this. */
export const pictureNames = ["storm", "dawn"] as const;
export type PictureName = (typeof pictureNames)[number];
export const pictureSize = { width: 1120, height: 560 } as const;

/** One invented article. */
export type Piece = {
  in: OutletId;
  slug: string;
  /** Hours before the samples were added. */
  hours: number;
  section: string;
  by?: string;
  title: string;
  picture?: { name: PictureName; alt: string };
  /** Paragraphs, an empty line between two. */
  text: string;
};
