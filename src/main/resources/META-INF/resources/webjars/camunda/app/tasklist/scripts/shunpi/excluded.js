const contextPath = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');

let waiting = new Map();

/**
 * Whether the user may not have a task although it is in his queue, since he had a hand in the document. The cards of a
 * list, drawn in one go, ask together.
 */
export function excluded(taskId) {
  if (waiting.size === 0) {
    setTimeout(ask);
  }
  return new Promise((resolve) => waiting.set(taskId, [...(waiting.get(taskId) ?? []), resolve]));
}

async function ask() {
  const asked = waiting;
  waiting = new Map();
  const query = [...asked.keys()].map((id) => `task=${encodeURIComponent(id)}`).join('&');
  const ids = await fetch(`${contextPath}/api/worklist/excluded?${query}`, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    .then((response) => (response.ok ? response.json() : []))
    // without the answer the card is as it was; who claims the task is told
    .catch(() => []);
  asked.forEach((resolves, id) => resolves.forEach((resolve) => resolve(ids.includes(id))));
}
