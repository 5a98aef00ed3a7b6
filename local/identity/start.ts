import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { config } from "#broadsheet.config.ts";
import { paths } from "#functions/desk/contract.ts";
import { type Folder, recallPart } from "../folder.ts";
import { refuse } from "../guard.ts";
import { answerJson } from "../host/http.ts";
import { closeServer, listen } from "../listen.ts";
import { peopleHere, type Sample } from "./people.ts";

type IdentityPart = { url: string; close(): Promise<void> };

type Options = {
  port: number;
  folder: Folder;
  log(line: string): void;
  people?: () => readonly Sample[];
};

/**
 * The local identity provider. Its library is loaded when someone signs in, so the start doesn't wait for it. It
 * redirects to the host of the same folder.
 */
export async function startIdentity({ port, folder, log, people = peopleHere }: Options): Promise<IdentityPart> {
  const server = createServer();
  const issuer = await listen(server, port);
  let made: { redirectUri: string; serve: Promise<Serve> } | undefined;
  const serving = (redirectUri: string) => {
    if (made?.redirectUri !== redirectUri) {
      const { groupsClaim } = config.desk;
      const serve = import("./provider.ts").then((one) =>
        one.identityProvider({ issuer, redirectUri, groupsClaim, people }),
      );
      made = { redirectUri, serve };
    }
    return made.serve;
  };
  server.on("request", (request, response) => {
    if (refuse(request, response, "pages")) return;
    const host = recallPart(folder, "host")?.url;
    if (host === undefined) return answerJson(response, 503, { message: "No host is running for this folder yet." });
    serving(new URL(paths.callback, host).href)
      .then((serve) => serve(request, response))
      .catch((error) => {
        log(`identity: ${error}`);
        if (!response.headersSent) answerJson(response, 400, { message: "This sign-in has expired. Start again." });
      });
  });
  return { url: issuer, close: () => closeServer(server) };
}

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
