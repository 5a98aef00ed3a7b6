import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { warmUpLines } from "../subscribers/warm-up.ts";
import { columns, counted, type Output } from "../terminal/output.ts";
import { systemFacts } from "./doctor.ts";

/** Registers `status`. */
export function registerStatus(program: Command): void {
  const status = program
    .command("status")
    .description("Show the next and the last editions, sources and dead letters on one screen");
  addExamples(runRemotely(status, showStatus), "status", "status --stack broadsheet");
}

type Next = CommandOutput<"board">["newsletters"][number]["next"];

async function showStatus({ invoke, options }: Context<object>): Promise<Output> {
  const [{ config }, { diagnoseSystem }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/doctor/diagnose-system.ts"),
  ]);
  const names = Object.keys(config.newsletters);
  const [facts, board] = await Promise.all([
    systemFacts(invoke, names, { isDeployed: options.stack !== undefined }),
    invoke("board", {}),
  ]);
  const newsletters = await Promise.all(
    names
      .filter((name) => !facts.unknownNewsletters.includes(name))
      .map(async (newsletter) => ({
        newsletter,
        next: board.newsletters.find(({ name }) => name === newsletter)?.next ?? [],
        editions: (await invoke("list", { newsletter })).editions.slice(0, 3),
      })),
  );
  const failing = facts.sources.filter(({ failures }) => failures > 0).length;
  const findings = diagnoseSystem(facts, Date.now());
  const sources = { healthy: facts.sources.length - failing, failing };
  return {
    json: {
      newsletters: newsletters.map(({ next, ...of }) => ({
        ...of,
        next: next.map(({ plan: { date, outlook, warmUp } }) => ({ date, outlook, warmUp })),
      })),
      sources,
      dead: facts.dead,
      findings,
    },
    text: [
      ...newsletters.map(newsletterText),
      `Sources: ${sources.healthy} healthy, ${sources.failing} failing. Dead letters: ${facts.dead.reduce((sum, { dead }) => sum + dead, 0)}.`,
      findings.length === 0
        ? "Nothing needs you."
        : `${counted(findings.length, "finding")}; see broadsheet doctor:\n${findings.map(({ what }) => `  ${what}`).join("\n")}`,
    ].join("\n\n"),
  };
}

function newsletterText(of: { newsletter: string; next: Next; editions: readonly Listed[] }): string {
  const next = of.next.map(({ plan: { date, outlook, warmUp } }) =>
    [`  ${date}  ${outlook.text}`, ...warmUpLines(warmUp)].join("\n              "),
  );
  const head = [`${of.newsletter}:`, ...next].join("\n");
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
