/**
 * What this browser remembers of the viewer. A browser that keeps nothing still works.
 *
 * @param {string} name
 * @param {string} otherwise
 */
export function remembered(name, otherwise) {
  try {
    return localStorage.getItem(`inbox-${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(`inbox-${name}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
