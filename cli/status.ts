import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { addExamples, type Context, runRemotely } from "./command.ts";
import { systemFacts } from "./doctor.ts";
import { columns, counted, type Output } from "./output.ts";

/** Registers `status`. */
export function registerStatus(program: Command): void {
  const status = program
    .command("status")
    .description("Show on one screen what is going on: next editions, the last ones, sources, dead letters");
  addExamples(runRemotely(status, showStatus), "status", "status --stack broadsheet");
}

type Next = { date: string; dueAt: string | null; local: string | null } | null;

async function showStatus({ invoke }: Context<object>): Promise<Output> {
  const [{ config }, { diagnoseSystem }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/doctor/diagnose-system.ts"),
  ]);
  const names = Object.keys(config.newsletters);
  const facts = await systemFacts(invoke, names);
  const newsletters = await Promise.all(
    names
      .filter((name) => !facts.unknownNewsletters.includes(name))
      .map(async (newsletter) => ({
        newsletter,
        next: await nextEdition(newsletter),
        editions: (await invoke("list", { newsletter })).editions.slice(0, 3),
      })),
  );
  const failing = facts.sources.filter(({ failures }) => failures > 0).length;
  const findings = diagnoseSystem(facts);
  const sources = { healthy: facts.sources.length - failing, failing };
  return {
    json: { newsletters, sources, dead: facts.dead, findings },
    text: [
      ...newsletters.map(newsletterText),
      `Sources: ${sources.healthy} healthy, ${sources.failing} failing. Dead letters: ${facts.dead.reduce((sum, { dead }) => sum + dead, 0)}.`,
      findings.length === 0
        ? "Nothing needs you."
        : `${counted(findings.length, "finding")}; see broadsheet doctor:\n${findings.map(({ what }) => `  ${what}`).join("\n")}`,
    ].join("\n\n"),
  };
}

/** By the config's calendar: within a fortnight, the next edition that is still due. */
async function nextEdition(name: string): Promise<Next> {
  const [{ config }, { calendarsOf }, { calendarDays }, { localDate }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/config.ts"),
    import("#domain/time/calendar.ts"),
    import("#domain/time/instant.ts"),
  ]);
  const readInRepository = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  const calendar = calendarsOf(config, readInRepository)(name);
  const now = new Date().toISOString();
  const next = calendarDays(calendar, localDate(now, calendar.timeZone), 14).find(
    ({ dueAt }) => dueAt !== null && dueAt > now,
  );
  return next === undefined ? null : { date: next.date, dueAt: next.dueAt, local: next.local };
}

function newsletterText(of: { newsletter: string; next: Next; editions: readonly Listed[] }): string {
  const due = of.next?.local?.slice(0, 16).replace("T", " ");
  const head = `${of.newsletter}: ${due === undefined ? "no edition in the next 14 days" : `next edition due ${due}`}`;
  const rows = of.editions.map(({ date, state, accepted, audience, subject }) => [
    `  ${date}`,
    state,
    audience === 0 ? "" : `${accepted} of ${audience}`,
    subject,
  ]);
  return rows.length === 0
    ? `${head}\n  no editions yet`
    : `${head}\n${columns(["  DATE", "STATE", "ACCEPTED", "SUBJECT"], rows)}`;
}

type Listed = { date: string; state: string; subject: string; audience: number; accepted: number };
