import * as assemble from "./assemble/contract.ts";
import * as command from "./command/contract.ts";
import * as desk from "./desk/contract.ts";
import * as deskCommand from "./desk-command/contract.ts";
import * as dispatch from "./dispatch/contract.ts";
import * as feedback from "./feedback/contract.ts";
import * as ingest from "./ingest/contract.ts";
import * as notices from "./notices/contract.ts";
import * as pictures from "./pictures/contract.ts";
import * as push from "./push/contract.ts";
import * as requests from "./requests/contract.ts";
import * as send from "./send/contract.ts";
import * as site from "./site/contract.ts";
import * as watch from "./watch/contract.ts";

/** Every function of the system: infra deploys them, the local host runs them. */
export const contracts = [
  assemble,
  command,
  desk,
  deskCommand,
  dispatch,
  feedback,
  ingest,
  notices,
  pictures,
  push,
  requests,
  send,
  site,
  watch,
] as const;
