import { chinese } from './language.js';

const contextPath = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');

const pages = [
  { path: '/pages/orders.html', label: chinese ? '订单' : 'Orders' },
  { path: '/pages/orders.html?view=production', label: chinese ? '生产需求' : 'Production requests' },
  { path: '/pages/holds.html', label: chinese ? '信用冻结' : 'Credit holds' },
  { path: '/pages/collection.html', label: chinese ? '催款' : 'Collection' },
  { path: '/pages/agreements.html', label: chinese ? '特价协议' : 'Price agreements' },
  { path: '/pages/import.html', label: chinese ? '导入' : 'Import' },
  { path: '/pages/stock.html', label: chinese ? '到货登记' : 'Goods received' },
  { path: '/pages/price-changes.html', label: chinese ? '价格变更' : 'Price changes' },
  { path: '/pages/mails.html', label: chinese ? '邮件' : 'Mails' },
  { path: '/swagger-ui', label: chinese ? '接口文档' : 'API documentation' }
];

/** A menu of the pages that live outside Tasklist; each opens in a tab of its own. */
export const pagesMenu = {
  id: 'shunpi-pages-menu',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1000,

  render(container) {
    container.className = 'shunpi-menu';

    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'shunpi-menu-button';
    button.setAttribute('aria-controls', 'shunpi-menu-list');
    button.textContent = chinese ? '业务' : 'Business';

    const list = document.createElement('ul');
    list.id = 'shunpi-menu-list';
    list.className = 'shunpi-menu-list';
    for (const page of pages) {
      const link = document.createElement('a');
      link.href = contextPath + page.path;
      link.target = '_blank';
      link.rel = 'noopener';
      link.textContent = page.label;
      const item = document.createElement('li');
      item.append(link);
      list.append(item);
    }

    const show = (open) => {
      list.hidden = !open;
      button.setAttribute('aria-expanded', String(open));
    };
    show(false);
    button.addEventListener('click', () => show(list.hidden));
    container.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        show(false);
        button.focus();
      }
    });
    this.closeElsewhere = (event) => {
      if (!container.contains(event.target) || event.target.closest('a')) {
        show(false);
      }
    };
    document.addEventListener('click', this.closeElsewhere);

    container.append(button, list);
  },

  unmount() {
    document.removeEventListener('click', this.closeElsewhere);
  }
};
