import { DeleteSuppressedDestinationCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import { sesClient } from "./client.ts";
import { withPrivateErrors } from "./private-errors.ts";

/** Removes an address from the account's suppression list, if it is there. */
export function sesUnsuppress(client: SESv2Client = sesClient()) {
  return async (address: string): Promise<void> => {
    try {
      await withPrivateErrors(client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: address })));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NotFoundException") throw error;
    }
  };
}
