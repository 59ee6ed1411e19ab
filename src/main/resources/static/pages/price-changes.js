/* Prepares changes of list prices and discounts, and shows what became of them. */
import { address, get, post } from '../assets/components/api.js';
import { badge, failure, h, price } from '../assets/components/dom.js';
import { person } from '../assets/components/people.js';

const $ = (id) => document.getElementById(id);
const tones = { prepared: 'warning', confirmed: 'accent', effective: 'good', withdrawn: 'plain' };

function tell(...content) {
  $('message').replaceChildren(...content);
  $('message').hidden = content.length === 0;
}

async function attempt(action) {
  tell();
  try {
    await action();
  } catch (error) {
    if (error.status === 401) {
      location.href = address('login?expired');
      return;
    }
    tell(failure(error));
  }
}

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
    h('td', { class: 'number' }, change.blind ? '盲核中' : price(change.newValue)),
    h('td', {}, change.effectiveOn),
    h('td', {}, badge(change.statusLabel, tones[change.status])),
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
    tell(h('div', { class: 'notice notice-good' }, `已登记 ${changeNumber}，等待销售经理确认。`));
  } finally {
    $('submit').disabled = false;
  }
}

$('change').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(prepare);
});
attempt(list);
