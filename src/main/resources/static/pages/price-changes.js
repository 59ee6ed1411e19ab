/* Prepares changes of list prices and discounts, and shows what became of them. */
import { get, post } from '../assets/components/api.js';
import { badge, h, price, say, term } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';
import { person } from '../assets/components/people.js';

const tones = { prepared: 'warning', confirmed: 'accent', effective: 'good', withdrawn: 'plain' };

async function list() {
  const changes = await get('api/price-changes');
  $('changes').replaceChildren(...changes.map(row));
  $('empty').hidden = changes.length > 0;
}

function row(change) {
  return h(
    'tr',
    {},
    h('td', {}, change.changeNumber),
    h('td', {}, change.subject),
    h('td', { class: 'number' }, price(change.oldValue)),
    h('td', { class: 'number' }, change.blind ? say('盲核中', 'hidden') : price(change.newValue)),
    h('td', {}, change.effectiveOn),
    h('td', {}, badge(term(change.statusLabel, change.status), tones[change.status])),
    h('td', {}, person(change.preparedBy)),
    h('td', {}, person(change.confirmedBy) ?? '')
  );
}

async function prepare() {
  $('submit').disabled = true;
  try {
    const { changeNumber } = await post('api/price-changes', {
      [$('kind').value]: $('code').value,
      newValue: $('newValue').value,
      effectiveOn: $('effectiveOn').value
    });
    $('change').reset();
    await list();
    tell(good(say(`已登记 ${changeNumber}，等待销售经理确认。`, `${changeNumber} is entered and waits for the manager.`)));
  } finally {
    $('submit').disabled = false;
  }
}

$('change').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(prepare);
});
attempt(list);
