import { InvalidConfig } from "#domain/config/invalid-config.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import type { Weekday } from "#domain/time/calendar.ts";
import { timeZoneNamed } from "#domain/time/time-zones.ts";

/** What init needs to know, by the names of its options. */
export type Answers = {
  newsletter?: string;
  title?: string;
  from?: string;
  postalAddress?: string;
  language?: string;
  timeZone?: string;
  sendAt?: string;
  days?: Weekday[];
  mode?: "auto" | "approve";
  editor: string[];
  operator?: string;
  budget?: number;
  domain?: string;
  certificate?: string;
  source: string[];
  name?: string;
  region?: string;
  existingIdentities?: true;
};

/** Answers without which no configuration is written. */
const required = { title: "--title", from: "--from", postalAddress: "--postal-address" } as const;

export const missingFlags = (answers: Answers): string[] =>
  Object.entries(required).flatMap(([key, flag]) => (answers[key as keyof typeof required]?.trim() ? [] : [flag]));

/** The machine's zone, which is usually the readers' too. */
export const ownTimeZone = (): string => timeZoneNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC";

/** The configuration from these answers, not checked yet. Important defaults are written out. */
export function configOf(answers: Answers): ConfigInput {
  const { title = "", from = "", postalAddress = "" } = answers;
  const { editor, operator, budget, domain, certificate, source, region, existingIdentities } = answers;
  return {
    name: answers.name ?? "broadsheet",
    ...(region === undefined ? {} : { region }),
    ...(operator === undefined ? {} : { operator }),
    ...(budget === undefined ? {} : { budget: { dollarsPerMonth: budget } }),
    ...(domain === undefined && certificate === undefined ? {} : { site: { domain, certificate } }),
    ...(existingIdentities ? { identities: "existing" as const } : {}),
    newsletters: {
      [answers.newsletter ?? "daily"]: {
        title,
        language: answers.language ?? "en",
        from: { name: title, address: from },
        timeZone: answers.timeZone ?? ownTimeZone(),
        sendAt: answers.sendAt ?? "07:00",
        ...(answers.days === undefined ? {} : { days: answers.days }),
        mode: answers.mode ?? "auto",
        editors: editor,
        postalAddress,
      },
    },
    ...(source.length === 0 ? {} : { sources: source.map((url) => ({ url })) }),
  };
}

/** The fault of one answer, in the schema's words; undefined: none. */
export function problemWith(answer: Partial<Answers>): string | undefined {
  const others = { title: "A", from: "a@example.org", postalAddress: "A", editor: [], source: [] };
  try {
    defineConfig(configOf({ ...others, ...answer }));
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    const problems = error.faults.map(({ problem }) => problem);
    return `${problems.join("; ")}.`;
  }
}
