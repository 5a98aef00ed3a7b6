import { type Claim, claims } from "./claims.ts";
import type { Look } from "./looks.ts";

type About = {
  /** ISO date of the run. */
  date: string;
  place: string;
  isEmulator: boolean;
  mails: number;
  dollars: number;
  minutes: number;
  /** Why it ended before its end; undefined: it didn't. */
  ended: string | undefined;
  /** Whether the stack is still there. */
  isDeployed: boolean;
  outputs: ReadonlyMap<string, string>;
};

const words = { seen: "seen", refuted: "**refuted**", open: "not seen" } as const;

/** What a person can still do before the stack is destroyed, or on a deployment of theirs. */
const steps = (outputs: ReadonlyMap<string, string>): string[] => [
  `Passkeys: run the outputs NextPerson and NextRole, open ${outputs.get("SignInUrl") ?? "the output SignInUrl"}, enrol a passkey, then sign in at ${outputs.get("DeskUrl") ?? "the output DeskUrl"} with it alone.`,
  "A received mail: give `--mailbox YOU@EXAMPLE.ORG`, save the source of the mail that comes, and run `npm run trial:aws -- --received FILE --site URL`.",
  "The bill: a day later, look for EventBridge in Cost Explorer.",
];

/** The report of a trial, as Markdown. */
export function reportOf(looks: readonly Look[], about: About): string {
  const known = new Map(looks.map((one) => [one.id, one]));
  const rows = claims.map((claim) => `| ${claim.claim} | ${resultOf(claim, known.get(claim.id), about)} |`);
  const unproven = claims.filter(({ id }) => about.isEmulator || known.get(id)?.result !== "seen");
  return [
    `# A trial on ${about.place}`,
    `${about.date}: ${about.mails} mails, ${about.minutes.toFixed(0)} minutes, at most $${about.dollars.toFixed(2)}.`,
    ...(about.isEmulator ? ["This was an emulator of AWS: it proves that the trial runs, and nothing about AWS."] : []),
    ...(about.ended === undefined ? [] : [`It ended early: ${about.ended}`]),
    about.isDeployed
      ? "The stack is still there. Destroy it with the same command and `--destroy`."
      : "All that it made is gone.",
    ["| claim | here |", "|---|---|", ...rows].join("\n"),
    `Not proven by this run: ${unproven.length} of ${claims.length} (${unproven.map(({ id }) => id).join(", ")}).`,
    ["For a person:", "", ...steps(about.outputs).map((step) => `- ${step}`)].join("\n"),
  ].join("\n\n");
}

function resultOf({ trial }: Pick<Claim, "trial">, found: Look | undefined, { isEmulator }: About): string {
  if (found !== undefined) return `${words[found.result]}${isEmulator ? " in the emulator" : ""}: ${found.what}`;
  return { run: "not reached", person: "for a person", no: "not a part of the trial" }[trial];
}
