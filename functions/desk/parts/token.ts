import { type Html, html } from "#templates/text/html.ts";

/** The hidden field with this session's token. */
export const tokenField = (token: string): Html => html`<input type="hidden" name="token" value="${token}">`;
