/* Returns by order or customer; ?number= shows one of them. */
import { get } from '../assets/components/api.js';
import { amount, badge, h, moment, say, term } from '../assets/components/dom.js';
import { $, attempt } from '../assets/components/page.js';
import { tones } from '../assets/components/shunpi-return.js';

const wanted = new URLSearchParams(location.search);

async function showList() {
  $('order').value = wanted.get('order') ?? '';
  $('customer').value = wanted.get('customer') ?? '';
  const query = new URLSearchParams({ order: $('order').value, customer: $('customer').value, max: 200 });
  const found = await get(`api/returns?${query}`);
  $('returns').replaceChildren(...found.map(row));
  $('empty').hidden = found.length > 0;
  $('count').textContent = found.length > 0 ? say(`共 ${found.length} 份`, `${found.length}`) : '';
}

function row(returned) {
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `?number=${encodeURIComponent(returned.returnNumber)}` }, returned.returnNumber)),
    h('td', {}, returned.customerName, h('span', { class: 'sp-code' }, returned.customerCode)),
    h('td', {}, h('a', { href: `orders.html?number=${encodeURIComponent(returned.orderNumber)}` }, returned.orderNumber)),
    h('td', {}, term(returned.reasonLabel, returned.reason)),
    h('td', {}, returned.severity),
    h('td', { class: 'number' }, amount(returned.amount)),
    h('td', {}, moment(returned.appliedAt)),
    h('td', {}, badge(term(returned.statusLabel, returned.status), tones[returned.status]))
  );
}

function showReturn(number) {
  $('list').hidden = true;
  $('return').hidden = false;
  $('number').textContent = number;
  document.title = `${number} · ${say('顺批', 'Shunpi')}`;
  document.querySelectorAll('#return > shunpi-return, #return > shunpi-history').forEach((part) => part.setAttribute('number', number));
}

attempt(() => (wanted.get('number') ? showReturn(wanted.get('number')) : showList()));
