/* Books goods that came in. */
import { get, post } from '../assets/components/api.js';
import { h, say } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';

let chosen = null;

async function search() {
  const products = await get(`api/products?${new URLSearchParams({ q: $('q').value })}`);
  $('products').replaceChildren(...products.map(row));
  $('empty').hidden = products.length > 0;
}

function row(product) {
  const choose = h('button', { type: 'button', class: 'button', onclick: () => select(product) }, say('到货', 'Book'));
  return h(
    'tr', {},
    h('td', {}, product.code),
    h('td', {}, product.name, product.discontinued ? h('span', { class: 'badge badge-warning' }, say('停产', 'discontinued')) : null),
    h('td', {}, product.model ?? ''),
    h('td', { class: 'number' }, String(product.stock)),
    h('td', { class: 'number' }, String(product.available)),
    h('td', {}, choose)
  );
}

function select(product) {
  chosen = product;
  $('product').textContent = `${product.code}　${product.name}${product.model ? `　${product.model}` : ''}`;
  $('receipt').hidden = false;
  $('quantity').value = '';
  $('quantity').focus();
}

async function book() {
  const quantity = Number($('quantity').value);
  const reference = $('reference').value;
  $('book').disabled = true;
  try {
    const booked = await post(`api/products/${encodeURIComponent(chosen.code)}/receipts`, { quantity, reference });
    await search();
    $('receipt').hidden = true;
    tell(good(say(
      `${chosen.code} 已登记：库存 ${booked.stock}，可用 ${booked.available}。`,
      `${chosen.code} booked: ${booked.stock} in stock, ${booked.available} available.`
    )));
    $('q').focus();
  } finally {
    $('book').disabled = false;
  }
}

$('search').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(search);
});
$('receipt').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(book);
});
attempt(search);
