import type { AuditEntry } from "./audit.ts";
import { counted } from "./counted.ts";

type About = Pick<AuditEntry, "subjects" | "note">;

/** Most changed things that are named; for more, only the number is given. */
const NAMED = 3;

/** An audit entry as a sentence, to follow the person's name: `added the source touchline`. */
export function auditText({ did, subjects, note }: Pick<AuditEntry, "did" | "subjects" | "note">): string {
  // The date of an edition is shown beside the sentence.
  const about = { subjects: subjects.filter((subject) => !/^\d{4}-\d\d-\d\d$/.test(subject)), note };
  const resolved = /^edition resolve --as (\w+)$/.exec(did);
  if (resolved?.[1] === "resend") return `decided to send ${deliveries(note)} again`;
  if (resolved) return `decided that ${deliveries(note)} had arrived`;
  return (
    texts[did]?.(about) ??
    `ran ${did}${about.subjects.length === 0 ? "" : ` for ${about.subjects.slice(0, NAMED).join(", ")}`}`
  );
}

const texts: Readonly<Record<string, (about: About) => string>> = {
  "source add": (about) => `added ${sources(about)}`,
  "source push": (about) => `added ${sources(about, "push source")}`,
  "source key": (about) => `made a new key for ${sources(about, "push source")}`,
  "source rename": (about) => `renamed ${sources(about)}`,
  "source remove": (about) => `removed ${sources(about)}`,
  "source restore": (about) => `brought back ${sources(about)}`,
  "subscriber add": (about) => `added ${subscribers(about)}`,
  "subscriber import": (about) => `imported ${subscribers(about)}`,
  "subscriber warm-up": ({ note }) => `ended the warm-up${note === null ? "" : `: ${note}`}`,
  "subscriber remove": (about) => `unsubscribed ${subscribers(about)}`,
  "restore replay": (about) => `took in again what a restored table had forgotten about ${subscribers(about)}`,
  "subscriber restore": (about) => `restored ${subscribers(about)}`,
  "subscriber erase": (about) => `erased ${subscribers(about)}`,
  "edition pause": () => "paused it",
  "edition resume": () => "resumed it",
  "edition resume --anyway": () => "resumed it although a check held it",
  "edition retry": ({ note }) => `tried ${deliveries(note)} again`,
  "edition correct": () => "corrected it",
  test: () => "sent a test mail",
  "desk sessions end": ({ subjects }) => `signed ${subjects.length === 1 ? "a person" : "people"} out of the desk`,
  "keys rotate": (about) => `rotated the keys: ${about.subjects.join(", ")}`,
  "dlq redrive": ({ subjects, note }) => `sent ${note ?? "messages"} back to the queue ${subjects.join(", ")}`,
  "double accept": ({ note }) => `accepted ${note ?? "doubles"}`,
  "restore accept": () => "accepted the restored table",
};

const deliveries = (note: string | null): string => note ?? "deliveries";

const sources = ({ subjects }: About, kind = "source"): string => {
  if (subjects.length > NAMED) return `${subjects.length} ${kind}s`;
  return `the ${kind}${subjects.length === 1 ? "" : "s"} ${subjects.join(", ")}`;
};

/** A list of ids would be meaningless. */
const subscribers = ({ subjects }: About): string =>
  subjects.length === 1 ? "a subscriber" : counted(subjects.length, "subscriber");
