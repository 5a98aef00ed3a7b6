import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { columns, counted, type Output } from "../terminal/output.ts";

type Sessions = CommandOutput<"desk sessions list">["sessions"];

/** Registers `desk sessions list` and `desk sessions end`. */
export function registerSessions(program: Command): void {
  const desk = program.command("desk").description("List and end people's sessions at the desk").helpCommand(false);
  const sessions = desk.command("sessions").description("List and end people's sessions").helpCommand(false);
  addExamples(desk, "desk sessions list --stack broadsheet", "desk sessions end ann@example.com");
  addExamples(sessions, "desk sessions list --stack broadsheet", "desk sessions end ann@example.com");
  const list = sessions.command("list").description("List who is signed in at the desk, and since when");
  addExamples(runRemotely(list, listSessions), "desk sessions list --stack broadsheet");
  const end = sessions
    .command("end <person>")
    .description("End all sessions of one person, named by address, id or name");
  addExamples(runRemotely(end, endSessions), "desk sessions end ann@example.com --stack broadsheet");
}

async function listSessions({ invoke }: Context<object>): Promise<Output> {
  const given = await invoke("desk sessions list", {});
  return { json: given, text: given.sessions.length === 0 ? "No one is signed in." : sessionsText(given.sessions) };
}

async function endSessions({ invoke, args: [person = ""], by }: Context<object>): Promise<Output> {
  const given = await invoke("desk sessions end", { person, by });
  const text =
    given.ended.length === 0
      ? `No one of that address, id or name is signed in: ${person}. See who is with: npx --no-install broadsheet desk sessions list`
      : `${counted(given.ended.length, "session")} of ${given.ended[0]?.name} ended. To keep them out, take their role away ` +
        "at the identity provider or in the config.";
  return { json: given, text };
}

const sessionsText = (sessions: Sessions): string =>
  columns(
    ["NAME", "ADDRESS", "ID", "SIGNED IN (UTC)"],
    sessions.map(({ name, email, id, signedInAt }) => [
      name,
      email ?? "",
      id,
      signedInAt.slice(0, 16).replace("T", " "),
    ]),
  );
