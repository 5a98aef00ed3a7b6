import { isRecord, type Store } from "../store.ts";
import { type Field, isField, savedIn } from "./text-field.ts";

/** Words that were not saved, and the text that they were written over. */
export type Kept = { readonly text: string; readonly base: string };

/** What this browser keeps of texts until they are saved. */
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
    /** The text arrived, unless the person wrote on meanwhile. */
    forget(field: Field, sent: string): void {
      if (field.value !== sent) return;
      delete field.dataset.dirty;
      // Another tab may keep other words for the same field.
      if (read(nameOf(field))?.text === sent) store.remove(nameOf(field));
    },
    /** Each field whose words a closed tab or an ended session left unsaved, with them. */
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
