import { withoutAddresses } from "#domain/delivery/calls/answer.ts";

/**
 * Returns the answer, or throws an error without the addresses that SES repeats in its messages ("The following
 * identities failed the check: ann@example.org"), because errors are logged and logs have no addresses.
 */
export async function withPrivateErrors<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error) {
      const message = withoutAddresses(error.message);
      error.stack = error.stack?.replace(error.message, () => message);
      error.message = message;
    }
    throw error;
  }
}
