/** Asks for page after page, each by what the last answer gave as next. */
export async function* pagesOf<Page extends { next: string | null }>(
  ask: (after: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let after: string | undefined;
  do {
    const page = await ask(after);
    yield page;
    after = page.next ?? undefined;
  } while (after !== undefined);
}
