import { lookUpPage, type PagePorts } from "#usecases/editions/workbench/look-up-page.ts";
import {
  addSource,
  ingestNow,
  listSources,
  removeSource,
  renameSource,
  restoreSource,
  type SourcePorts,
} from "#usecases/sources/sources.ts";
import { command } from "../answer.ts";
import { sourceCommands as commands } from "../commands/sources.ts";

export type SourceTablePorts = SourcePorts & PagePorts;

/** Commands about sources. */
export const sourceTable = (ports: SourceTablePorts) => ({
  "source add": command(commands["source add"], (input) => addSource(ports, input)),
  "source list": command(commands["source list"], () => listSources(ports)),
  "source rename": command(commands["source rename"], (input) => renameSource(ports, input)),
  "source restore": command(commands["source restore"], (input) => restoreSource(ports, input)),
  "source remove": command(commands["source remove"], (input) => removeSource(ports, input)),
  ingest: command(commands.ingest, (input) => ingestNow(ports, input)),
  page: command(commands.page, (input) => lookUpPage(ports, input)),
});
