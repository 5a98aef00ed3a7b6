import { atFirstCommand } from "./at-first-command.ts";
import type { LookingPorts } from "./tables/looking.ts";
import type { MakingPorts } from "./tables/making.ts";
import type { OperatingPorts } from "./tables/operating.ts";
import type { SendingPorts } from "./tables/sending.ts";
import type { SourceTablePorts } from "./tables/sources.ts";

/** Ports of the commands about editions, their delivery and their sources. None of them reads subscribers. */
export type EditorialPorts = SourceTablePorts & MakingPorts & LookingPorts & SendingPorts & OperatingPorts;

const inSources = [
  "source add",
  "source list",
  "source rename",
  "source restore",
  "source remove",
  "ingest",
  "page",
] as const;
const inMaking = ["build", "draft", "decide", "why", "story", "workbench", "find", "show", "check", "correct"] as const;
const inLooking = ["board", "list", "calendar", "results", "log", "plan", "cost", "follow"] as const;
const inSending = ["test", "send", "approve", "schedule", "withdraw", "cancel", "pause", "resume", "note"] as const;
const inOperating = ["resolve", "calls", "retry", "dlq list", "dlq redrive", "double list", "double accept"] as const;

/** The commands that the desk may give too. Each table joins its commands with their use cases. */
export const editorialTable = (ports: EditorialPorts) => ({
  ...atFirstCommand(inSources, async () => (await import("./tables/others.ts")).sourceTable(ports)),
  ...atFirstCommand(inMaking, async () => (await import("./tables/making.ts")).makingTable(ports)),
  ...atFirstCommand(inLooking, async () => (await import("./tables/looking.ts")).lookingTable(ports)),
  ...atFirstCommand(inSending, async () => (await import("./tables/others.ts")).sendingTable(ports)),
  ...atFirstCommand(inOperating, async () => (await import("./tables/others.ts")).operatingTable(ports)),
});
