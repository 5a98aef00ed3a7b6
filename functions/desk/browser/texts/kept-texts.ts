import { isRecord, type Store } from "../store.ts";
import { type Field, isField, savedIn } from "./text-field.ts";

/** Unsaved text, and the text it replaces. */
export type Kept = { readonly text: string; readonly base: string };

/** Texts that this browser keeps until they are saved. */
export function keptTexts(store: Store) {
  const nameOf = ({ id }: Field) => `text ${id}`;
  const read = (name: string) => store.read(name, isKept, undefined);

  return {
    keep(field: Field): void {
      if (field.value !== savedIn(field)) {
        store.write(nameOf(field), { text: field.value, base: field.dataset.base ?? savedIn(field) });
        field.dataset.dirty = "";
      } else {
        store.remove(nameOf(field));
        delete field.dataset.dirty;
      }
      delete field.dataset.sent;
    },
    /** The text is saved, unless the person has continued writing. */
    forget(field: Field, sent: string): void {
      if (field.value !== sent) return;
      delete field.dataset.dirty;
      // Another tab may keep another text for the same field.
      if (read(nameOf(field))?.text === sent) store.remove(nameOf(field));
    },
    /** Fields with unsaved text from a closed tab or an ended session, with their text. */
    unsaved(): [Field, Kept][] {
      return store.keys("text ").flatMap((name): [Field, Kept][] => {
        const field = document.getElementById(name.slice("text ".length));
        const kept = read(name);
        if (kept && isField(field) && savedIn(field) !== kept.text) return [[field, kept]];
        store.remove(name);
        return [];
      });
    },
  };
}

const isKept = (value: unknown): value is Kept | undefined =>
  isRecord(value) && typeof value.text === "string" && typeof value.base === "string";
