import { address } from './api.js';
import { h, say } from './dom.js';
import { myPages } from './pages.js';

const isHere = (path) => {
  const there = new URL(address(path));
  return there.pathname === location.pathname && there.searchParams.get('view') === new URLSearchParams(location.search).get('view');
};

/** The bar above each page of ours; `class="topbar"` keeps its place until it is drawn. */
class ShunpiTopbar extends HTMLElement {
  async connectedCallback() {
    const tasks = { path: 'camunda/app/tasklist/', label: say('待办任务', 'Tasks') };
    const draw = (pages) =>
      this.replaceChildren(
        h('a', { class: 'brand', href: address(tasks.path) }, h('img', { src: address('assets/logo.svg'), alt: '' }), say('顺批', 'Shunpi')),
        h('nav', { 'aria-label': say('页面', 'Pages') }, [tasks, ...pages].map(({ path, label }) =>
          h('a', { href: address(path), 'aria-current': isHere(path) && 'page' }, label)))
      );
    draw([]);
    // where the session is over the page's own first call says so
    draw(await myPages().catch(() => []));
  }
}

customElements.define('shunpi-topbar', ShunpiTopbar);
