/* Lets several orders on credit hold go at once. */
import { address, get, post } from '../assets/components/api.js';
import { amount, badge, grade, h, moment, say } from '../assets/components/dom.js';
import { $, attempt, good, tell, warning } from '../assets/components/page.js';

const boxes = () => [...document.querySelectorAll('#orders input[type=checkbox]')];
const chosen = () => boxes().filter((box) => box.checked && !box.disabled).map((box) => box.value);

function row(order) {
  const box = h('input', { type: 'checkbox', value: order.orderNumber, 'aria-label': say(`选择 ${order.orderNumber}`, `Select ${order.orderNumber}`) });
  return h(
    'tr', { 'data-order': order.orderNumber },
    h('td', {}, box),
    h('td', {},
      h('a', { href: address(`pages/orders.html?number=${encodeURIComponent(order.orderNumber)}`) }, order.orderNumber),
      order.urgent && ' ', order.urgent && badge(say('加急', 'urgent'), 'urgent')),
    h('td', {}, order.customerName, ' ', h('span', { class: 'hint' }, grade(order.grade))),
    h('td', { class: 'number' }, amount(order.amount)),
    h('td', {}, order.holds.map((hold) => h('div', {}, badge(say(hold.label, hold.reason), 'fault'), ' ', hold.detail))),
    h('td', {}, moment(order.due) ?? ''),
    h('td', { class: 'outcome' })
  );
}

function count() {
  const number = chosen().length;
  $('go').disabled = number === 0;
  $('go').textContent = number === 0 ? say('解除', 'Release') : say(`解除所选 ${number} 单`, `Release ${number}`);
  const open = boxes().filter((box) => !box.disabled);
  $('all').checked = open.length > 0 && number === open.length;
  $('all').disabled = open.length === 0;
}

async function load() {
  const orders = await get('api/orders/holds');
  $('orders').replaceChildren(...orders.map(row));
  $('count').textContent = orders.length ? say(`${orders.length} 单`, String(orders.length)) : '';
  $('empty').hidden = orders.length > 0;
  $('decision').hidden = orders.length === 0;
  count();
}

/** What was released stays on the page with its outcome, so that nobody has to remember what he ticked. */
async function release() {
  $('go').disabled = true;
  try {
    const outcomes = await post('api/orders/holds/release', {
      orders: chosen(),
      reason: $('reason').value,
      reviewOn: $('reviewOn').value
    });
    for (const outcome of outcomes) {
      const line = document.querySelector(`tr[data-order="${CSS.escape(outcome.orderNumber)}"]`);
      line.querySelector('.outcome').replaceChildren(
        outcome.released ? badge(say('已解除', 'released'), 'good') : badge(say('未解除', 'not released'), 'fault'), ' ', outcome.message ?? '');
      const box = line.querySelector('input');
      box.checked = false;
      box.disabled = outcome.released;
    }
    const released = outcomes.filter((outcome) => outcome.released).length;
    const refused = outcomes.length - released;
    tell((refused ? warning : good)(say(
      `已解除 ${released} 单${refused ? `，${refused} 单未解除，原因见“结果”栏` : ''}。`,
      `${released} released${refused ? `, ${refused} not: see the last column` : ''}.`
    )));
  } finally {
    count();
  }
}

$('orders').addEventListener('change', count);
$('all').addEventListener('change', () => {
  boxes().filter((box) => !box.disabled).forEach((box) => { box.checked = $('all').checked; });
  count();
});
$('release').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(release);
});
attempt(load);
