import { get } from './api.js';
import { h } from './dom.js';

const PAUSE = 200;

/**
 * Turns a text field into one that searches as its user types.
 *
 * @param path of the list, to which the typed text is appended
 * @param describe what a hit shows, as elements or texts
 * @param choose called with the hit that was picked
 */
export function searchable(input, { path, describe, choose }) {
  const list = h('ul', { class: 'sp-hits', role: 'listbox', popover: 'manual' });
  input.after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('autocomplete', 'off');

  let hits = [];
  let active = -1;
  let timer;
  let latest = 0;

  const close = () => {
    hits = [];
    list.hidePopover();
    input.setAttribute('aria-expanded', 'false');
  };

  const pick = (index) => {
    const hit = hits[index];
    close();
    choose(hit);
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    list.children[index]?.scrollIntoView({ block: 'nearest' });
  };

  const open = () => {
    list.replaceChildren(
      ...hits.map((hit, index) =>
        // mousedown: a click would come after the field has lost its focus and closed the list
        h('li', { role: 'option', onmousedown: (event) => { event.preventDefault(); pick(index); } }, describe(hit))
      )
    );
    if (hits.length === 0 || document.activeElement !== input) {
      close();
      return;
    }
    const { left, bottom, width } = input.getBoundingClientRect();
    Object.assign(list.style, { left: `${left}px`, top: `${bottom}px`, minWidth: `${width}px` });
    list.showPopover();
    input.setAttribute('aria-expanded', 'true');
    mark(-1);
  };

  const search = async () => {
    const call = ++latest;
    const text = input.value.trim();
    const found = text ? await get(path + encodeURIComponent(text)).catch(() => []) : [];
    if (call === latest) {
      hits = found;
      open();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener('blur', () => {
    clearTimeout(timer);
    latest++;
    close();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && hits.length === 0) {
      search();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter' && hits.length > 0) {
      event.preventDefault();
      pick(Math.max(active, 0));
    } else if (event.key === 'Escape' && hits.length > 0) {
      event.stopPropagation();
      close();
    }
  });
}
