import { chinese } from './language.js';

const contextPath = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '');

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
    this.fill(list);

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

  async fill(list) {
    const { myPages } = await import('../../../../../assets/components/pages.js');
    for (const page of await myPages()) {
      const link = document.createElement('a');
      link.href = `${contextPath}/${page.path}`;
      link.target = '_blank';
      link.rel = 'noopener';
      link.textContent = page.label;
      const item = document.createElement('li');
      item.append(link);
      list.append(item);
    }
  },

  unmount() {
    document.removeEventListener('click', this.closeElsewhere);
  }
};
