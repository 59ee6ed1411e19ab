/* The ledger of agreements; ?number= shows the request an agreement came of. */
import { get } from '../assets/components/api.js';
import { badge, h, moment, price, say, term } from '../assets/components/dom.js';
import { $, attempt } from '../assets/components/page.js';

const wanted = new URLSearchParams(location.search);
const counted = (all, running) => say(`共 ${all} 条，有效 ${running} 条`, `${all}, ${running} of them running`);
const tones = { running: 'good', 'used-up': 'plain', expired: 'plain', future: 'accent' };

async function showList() {
  $('customer').value = wanted.get('customer') ?? '';
  $('product').value = wanted.get('product') ?? '';
  const query = new URLSearchParams({ customer: $('customer').value, product: $('product').value });
  const found = await get(`api/agreements?${query}`);
  $('agreements').replaceChildren(...found.map(row));
  $('empty').hidden = found.length > 0;
  $('count').textContent = found.length > 0 ? counted(found.length, found.filter(({ state }) => state === 'running').length) : '';
}

function row(agreement) {
  return h(
    'tr',
    {},
    h('td', {}, h('a', { href: `?number=${encodeURIComponent(agreement.requestNumber)}` }, agreement.requestNumber)),
    h('td', {}, agreement.customerName, h('span', { class: 'sp-code' }, agreement.customerCode)),
    h('td', {}, agreement.productCode),
    h('td', { class: 'number' }, price(agreement.floorPrice)),
    h('td', { class: 'number' }, String(agreement.quantity)),
    h('td', { class: 'number' }, String(agreement.remaining)),
    h('td', {}, `${agreement.validFrom} ～ ${agreement.validTo}`),
    h('td', {}, badge(term(agreement.stateLabel, agreement.state), tones[agreement.state])),
    h('td', {}, agreement.entries.map((entry) =>
      h('div', { title: `${entry.actorName} ${moment(entry.at)}` }, h('a', { href: `orders.html?number=${encodeURIComponent(entry.documentNumber)}` }, entry.documentNumber), entry.quantity > 0 ? ` × ${entry.quantity}` : say(` 退回 ${-entry.quantity}（${entry.caseNumber}）`, ` ${-entry.quantity} came back (${entry.caseNumber})`))))
  );
}

function showRequest(number) {
  $('list').hidden = true;
  $('request').hidden = false;
  $('number').textContent = number;
  document.title = `${number} · ${say('顺批', 'Shunpi')}`;
  document.querySelectorAll('#request > shunpi-price-request, #request > shunpi-history').forEach((part) => part.setAttribute('number', number));
}

attempt(() => (wanted.get('number') ? showRequest(wanted.get('number')) : showList()));
