import { address } from './api.js';
import { h } from './dom.js';

const pages = [
  ['camunda/app/tasklist/', '待办任务'],
  ['pages/orders.html', '订单'],
  ['pages/orders.html?view=production', '生产需求'],
  ['pages/holds.html', '信用冻结'],
  ['pages/collection.html', '催款'],
  ['pages/agreements.html', '特价协议'],
  ['pages/import.html', '导入'],
  ['pages/stock.html', '到货登记'],
  ['pages/price-changes.html', '价格变更'],
  ['pages/mails.html', '邮件']
];

const isHere = (path) => {
  const there = new URL(address(path));
  return there.pathname === location.pathname && there.searchParams.get('view') === new URLSearchParams(location.search).get('view');
};

/** The bar above each page of ours; `class="topbar"` keeps its place until it is drawn. */
class ShunpiTopbar extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(
      h('a', { class: 'brand', href: address('camunda/app/tasklist/') }, h('img', { src: address('assets/logo.svg'), alt: '' }), '顺批'),
      h('nav', { 'aria-label': '页面' }, pages.map(([path, label]) => h('a', { href: address(path), 'aria-current': isHere(path) && 'page' }, label)))
    );
  }
}

customElements.define('shunpi-topbar', ShunpiTopbar);
