import * as z from "zod";
import { counted } from "../../counted.ts";
import { Step } from "../../edition/timing/schedule.ts";
import { parseJson } from "../../json.ts";
import { Instant, LocalDate } from "../../time/instant.ts";

/** The queues with dead letters: kicks, SES's events, and scheduled invocations. */
export const DeadQueue = z.enum(["kicks", "feedback", "clock"]);
export type DeadQueue = z.infer<typeof DeadQueue>;

/** A message in a dead-letter queue. */
export type DeadMessage = {
  /** When it was first queued. */
  readonly at: Instant;
  readonly body: string;
  /** Why it was refused; null: its function failed repeatedly, or it was never delivered. */
  readonly reason: string | null;
};

/** The same for people: its subject, without a reader's address. */
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
/** Lambda's message about a failed asynchronous invocation, or the schedule's own message if it never arrived. */
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

/** Describes a message in words. Nothing else of it is shown, because events contain readers' addresses. */
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
  return `a text of ${counted(body.length, "character")} that is not one of ours`;
}

/** The edition that was due and not made, if it is a scheduled invocation for one. */
export function scheduledIn({ body }: Pick<DeadMessage, "body">): Scheduled | undefined {
  const json = parseJson(body);
  const failed = Failed.safeParse(json);
  const scheduled = Scheduled.safeParse(failed.success ? failed.data.requestPayload : json);
  return scheduled.success ? scheduled.data : undefined;
}

/** The function's error, if the message has it. */
export function failureIn({ body }: Pick<DeadMessage, "body">): string | null {
  const failed = Failed.safeParse(parseJson(body));
  return failed.success ? (failed.data.responsePayload?.errorMessage ?? null) : null;
}

const isRoutineInvocation = (json: unknown) => {
  const failed = Failed.safeParse(json);
  const payload = failed.success ? failed.data.requestPayload : json;
  return typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;
};
