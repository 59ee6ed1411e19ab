/* Three views of one page, by its address: the list, ?number= one order's case, ?view=production what is missing. */
import { get, post, put } from '../assets/components/api.js';
import { ask } from '../assets/components/ask.js';
import { amount, badge, h, moment, say, status, urgent } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';

const PAGE = 50;
const wanted = new URLSearchParams(location.search);

/* the list */

async function showList() {
  const first = Math.max(0, Number(wanted.get('first')) || 0);
  $('q').value = wanted.get('q') ?? '';
  $('status').value = wanted.get('status') ?? '';
  $('list').hidden = false;
  const query = new URLSearchParams({ q: $('q').value, status: $('status').value, first, max: PAGE });
  const { total, orders } = await get(`api/orders?${query}`);
  const priced = orders.some((order) => order.amount !== undefined);
  document.querySelector('[data-priced]').hidden = !priced;
  $('orders').replaceChildren(...orders.map((order) => row(order, priced)));
  $('no-orders').hidden = total > 0;
  $('count').textContent = total > 0 ? say(`第 ${first + 1}–${first + orders.length} 张，共 ${total} 张`, `${first + 1}–${first + orders.length} of ${total}`) : '';
  turn('previous', first > 0, first - PAGE);
  turn('next', first + orders.length < total, first + PAGE);
}

function row(order, priced) {
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `?number=${encodeURIComponent(order.orderNumber)}` }, order.orderNumber), ' ', urgent(order)),
    h('td', {}, order.externalNumber),
    h('td', {}, order.customerName),
    priced && h('td', { class: 'number' }, amount(order.amount)),
    h('td', {}, status(order)),
    h('td', {}, order.holds.map((label) => badge(label, 'fault'))),
    h('td', {}, moment(order.receivedAt))
  );
}

function turn(id, there, first) {
  const query = new URLSearchParams(wanted);
  query.set('first', Math.max(0, first));
  $(id).hidden = !there;
  $(id).href = `?${query}`;
}

/* one order */

let current;

async function showCase(number) {
  $('case').hidden = false;
  $('number').textContent = number;
  document.title = `${number} · ${say('顺批', 'Shunpi')}`;
  $('parts').querySelectorAll(':scope > *').forEach((part) => part.setAttribute('number', number));
  take(await get(path(number)));
}

const path = (number, action) => `api/orders/${encodeURIComponent(number)}${action ? `/${action}` : ''}`;

/** Shows the order as it is now, and offers what its reader may do with it. */
function take(order) {
  current = order;
  document.querySelectorAll('[data-action]').forEach((button) => {
    button.hidden = !order.may.includes(button.dataset.action);
  });
  $('parts').querySelectorAll(':scope > *').forEach((part) => part.refresh());
}

async function act(action, body, text) {
  take(await post(path(current.orderNumber, action), body));
  tell(good(text));
}

async function actWithReason(action, title, text) {
  const answer = await ask(title, { name: 'reason', label: say('原因', 'Reason'), lines: 3 });
  if (answer) {
    await act(action, answer, text);
  }
}

function openChange() {
  const editor = h('shunpi-order-editor', { number: current.orderNumber });
  const submit = $('change-form').querySelector('[type=submit]');
  submit.disabled = true;
  editor.addEventListener('checked', () => (submit.disabled = !editor.complete || editor.differences.length === 0));
  $('editor').replaceChildren(editor);
  showChange(true);
}

function showChange(open) {
  $('change-form').hidden = !open;
  $('parts').hidden = open;
  document.querySelector('#case .actions').hidden = open;
}

async function sendChange() {
  const { order, differences } = await put(path(current.orderNumber), document.querySelector('#editor > *').value);
  showChange(false);
  take(order);
  tell(good(say('已变更，订单重新审核：', 'Changed; the order is reviewed anew: '), h('ul', {}, differences.map(({ message }) => h('li', {}, message)))));
}

const actions = {
  change: openChange,
  'check-again': async () => {
    await act('check-again', undefined, '');
    const left = current.holds.length;
    tell(
      good(
        left === 0
          ? say('已再查一遍，没有冻结原因。', 'Checked again: nothing holds it.')
          : say(`已再查一遍，仍有 ${left} 个冻结原因。`, `Checked again: ${left} reasons hold it.`)
      )
    );
  },
  hold: () => actWithReason('holds', say('人工冻结', 'Hold'), say('已冻结。只有人能解除人工冻结。', 'On hold, until a person releases it.')),
  cancel: () => actWithReason('cancel', say('取消订单', 'Cancel the order'), say('订单已取消。', 'The order is cancelled.'))
};

document.querySelectorAll('[data-action]').forEach((button) => {
  button.addEventListener('click', () => attempt(() => actions[button.dataset.action]()));
});
$('change-form').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(sendChange);
});
$('change-close').addEventListener('click', () => showChange(false));

/* what is missing */

async function showProduction() {
  document.title = say('生产需求 · 顺批', 'Production requests · Shunpi');
  $('production').hidden = false;
  const requests = await get('api/orders/production-requests');
  $('no-requests').hidden = requests.length > 0;
  $('requests').replaceChildren(
    ...requests.map((request) =>
      h(
        'tr',
        {},
        h('td', {}, request.productCode),
        h('td', {}, request.productName),
        h('td', { class: 'number' }, request.quantity),
        h('td', { class: 'number' }, request.orders),
        h('td', {}, request.earliestPromise)
      )
    )
  );
}

attempt(() => {
  if (wanted.get('number')) {
    return showCase(wanted.get('number'));
  }
  return wanted.get('view') === 'production' ? showProduction() : showList();
});
