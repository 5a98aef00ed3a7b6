import * as z from "zod";
import { Step } from "../../edition/schedule.ts";
import { Instant, LocalDate } from "../../time/instant.ts";

/** The queues whose messages may be dead: kicks, SES's events, and what the clock asked for. */
export const DeadQueue = z.enum(["kicks", "feedback", "clock"]);
export type DeadQueue = z.infer<typeof DeadQueue>;

/** A message that was not taken in, as it lies in its dead-letter queue. */
export type DeadMessage = {
  /** When it was first put on a queue. */
  readonly at: Instant;
  readonly body: string;
  /** Why it was refused; null: its function failed again and again, or it never got there. */
  readonly reason: string | null;
};

/** The same for people: what it is about, without a reader's address. */
export const DeadLetter = z.object({
  queue: DeadQueue,
  at: Instant,
  what: z.string(),
  reason: z.string().nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

const first = z.tuple([z.string()], z.string());
const Event = z.looseObject({
  detail: z.looseObject({
    eventType: z.string(),
    mail: z
      .looseObject({ tags: z.looseObject({ newsletter: first.optional(), edition: first.optional() }).optional() })
      .optional(),
  }),
});
const Kick = z.looseObject({ kick: z.unknown() });
/** What Lambda puts there when an asynchronous call failed, or the schedule's own words when it never arrived. */
const Failed = z.looseObject({
  requestPayload: z.looseObject({}),
  responsePayload: z.looseObject({ errorMessage: z.string() }).optional(),
});
/** A step of an edition's schedule: `{"do":"scheduled",…}`. Watch and ingest, called every few minutes, have `{}`. */
const Scheduled = z.object({
  do: z.literal("scheduled"),
  newsletter: z.string(),
  date: LocalDate.optional(),
  scheduledFor: z.string(),
  step: Step.default("due"),
});
type Scheduled = z.infer<typeof Scheduled>;

/** What a message is about, in words. Never more of it than that: an event has its reader's address in it. */
export function describeDead({ body }: DeadMessage): string {
  const json = parseJson(body);
  const event = Event.safeParse(json);
  if (event.success) {
    const { eventType, mail } = event.data.detail;
    const { newsletter, edition } = mail?.tags ?? {};
    return newsletter && edition ? `${eventType} of ${newsletter[0]} ${edition[0]}` : `${eventType} of no edition`;
  }
  if (Kick.safeParse(json).success) return "a kick";
  const scheduled = scheduledIn({ body });
  if (scheduled) return `the edition of ${scheduled.newsletter} that was due ${scheduled.scheduledFor}`;
  if (json !== undefined && isRoutineInvocation(json)) return "a round of watch or ingest";
  return `${body.length} characters that are not one of ours`;
}

/** The newsletter's edition that was due and not made, if that is what the clock asked for. */
export function scheduledIn({ body }: Pick<DeadMessage, "body">): Scheduled | undefined {
  const json = parseJson(body);
  const failed = Failed.safeParse(json);
  const scheduled = Scheduled.safeParse(failed.success ? failed.data.requestPayload : json);
  return scheduled.success ? scheduled.data : undefined;
}

/** The error with which the function failed, if the message says it. */
export function failureIn({ body }: Pick<DeadMessage, "body">): string | null {
  const failed = Failed.safeParse(parseJson(body));
  return failed.success ? (failed.data.responsePayload?.errorMessage ?? null) : null;
}

const isRoutineInvocation = (json: unknown) => {
  const failed = Failed.safeParse(json);
  const payload = failed.success ? failed.data.requestPayload : json;
  return typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
