import { share } from './api.js';
import { h } from './dom.js';

const names = new Map();

/** A person by the name that colleagues know; the id stands there until it has come. */
export function person(id) {
  if (!id) {
    return null;
  }
  const shown = h('span', { title: id }, names.get(id) ?? id);
  if (!names.has(id)) {
    share(`engine-rest/user/${encodeURIComponent(id)}/profile`)
      .then(({ firstName }) => {
        // the whole Chinese name stands in the first name, as everywhere in the application
        names.set(id, firstName || id);
        shown.textContent = names.get(id);
      })
      .catch(() => {});
  }
  return shown;
}
