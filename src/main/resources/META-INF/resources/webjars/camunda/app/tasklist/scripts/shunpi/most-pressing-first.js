// A queue opens with what presses most on top (A3). Tasklist would ask for the newest first and override the filter's
// own order; whoever chose another order keeps it.

const MOST_PRESSING = JSON.stringify([
  { sortBy: 'priority', sortOrder: 'desc' },
  { sortBy: 'dueDate', sortOrder: 'asc' }
]);

export function sortMostPressingFirst() {
  const [path, query = ''] = location.hash.slice(1).split('?');
  const params = new URLSearchParams(query);
  if (!params.has('sorting')) {
    params.set('sorting', MOST_PRESSING);
    location.replace(`#${path || '/'}?${params}`);
  }
}
