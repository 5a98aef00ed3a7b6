import { withoutAddresses } from "#domain/delivery/calls/answer.ts";

/**
 * The answer; an error without the addresses that SES repeats in its messages ("The following identities failed the
 * check: ann@example.org"). What catches it logs it, and a reader's address is in no log.
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
