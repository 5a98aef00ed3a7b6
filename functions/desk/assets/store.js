/** What this browser keeps of one edition for one person. A browser that keeps nothing still works. */
export function openStore(name) {
  return {
    read(key, otherwise) {
      try {
        return JSON.parse(localStorage.getItem(`desk ${name} ${key}`) ?? "null") ?? otherwise;
      } catch {
        return otherwise;
      }
    },
    write(key, value) {
      try {
        if (value === null) localStorage.removeItem(`desk ${name} ${key}`);
        else localStorage.setItem(`desk ${name} ${key}`, JSON.stringify(value));
      } catch {
        // Private windows may refuse: what is kept then lasts as long as the page.
      }
    },
  };
}
