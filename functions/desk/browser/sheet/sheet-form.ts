import type { Decision } from "../saving/decision.ts";

type Fields = (name: string) => string | undefined;

/** The decision of a form in the dialog; null: nothing was changed. */
export function formDecision(form: HTMLFormElement, submitter: HTMLElement | null): Decision | null {
  const data = new FormData(form);
  const field: Fields = (name) => {
    const value = data.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const story = field("story");
  if (submitter?.dataset.resets !== undefined) return { do: "reset", story, fields: [submitter.dataset.resets] };
  switch (form.dataset.decides) {
    case "picture": {
      const changes = pictureChanges(field);
      return Object.keys(changes).length === 0 ? null : { do: "picture", story, ...changes };
    }
    case "split":
      return { do: "split", story, articles: [field("article")] };
    case "join":
      return { do: "join", story, other: field("other") };
    case "add":
      return { do: "add", story, ...pageFields(field) };
    default:
      return null;
  }
}

function pictureChanges(field: Fields): Record<string, unknown> {
  const [picture, alt, was] = [field("picture"), field("alt"), field("was-focus")];
  const at = field("automatic") === undefined ? `${field("x")},${field("y")}` : "";
  const focus = at === "" ? null : { x: Number(field("x")), y: Number(field("y")) };
  return {
    ...(picture !== undefined && picture !== field("was-picture") ? { picture: picture || null } : {}),
    ...(was !== undefined && was !== at ? { focus } : {}),
    ...(alt !== undefined && alt !== field("was-alt") ? { alt } : {}),
  };
}

function pageFields(field: Fields): Record<string, unknown> {
  const image = field("image");
  return {
    title: field("title")?.trim() || undefined,
    source: field("source")?.trim() || undefined,
    summary: field("summary")?.trim() || undefined,
    image:
      image && field("with-image") ? { url: image, alt: field("alt") ?? "", width: null, height: null } : undefined,
  };
}
