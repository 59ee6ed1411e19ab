import { address } from './api.js';
import { h, say } from './dom.js';

const pages = [
  ['camunda/app/tasklist/', say('待办任务', 'Tasks')],
  ['pages/orders.html', say('订单', 'Orders')],
  ['pages/orders.html?view=production', say('生产需求', 'Production')],
  ['pages/holds.html', say('信用冻结', 'Holds')],
  ['pages/agreements.html', say('特价协议', 'Agreements')],
  ['pages/import.html', say('导入', 'Import')],
  ['pages/stock.html', say('到货登记', 'Goods in')],
  ['pages/price-changes.html', say('价格变更', 'Price changes')],
  ['pages/calendar.html', say('工作日历', 'Calendar')],
  ['pages/mails.html', say('邮件', 'Mails')],
  ['pages/accounts.html', say('账号', 'Accounts')]
];

const isHere = (path) => {
  const there = new URL(address(path));
  return there.pathname === location.pathname && there.searchParams.get('view') === new URLSearchParams(location.search).get('view');
};

/** The bar above each page of ours; `class="topbar"` keeps its place until it is drawn. */
class ShunpiTopbar extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(
      h('a', { class: 'brand', href: address('camunda/app/tasklist/') }, h('img', { src: address('assets/logo.svg'), alt: '' }), say('顺批', 'Shunpi')),
      h('nav', { 'aria-label': say('页面', 'Pages') }, pages.map(([path, label]) => h('a', { href: address(path), 'aria-current': isHere(path) && 'page' }, label)))
    );
  }
}

customElements.define('shunpi-topbar', ShunpiTopbar);
