/* What every page of ours does: says something above its content, and tries something that may be refused. */
import { address } from './api.js';
import { chinese, failure, h } from './dom.js';

// before the page's own script writes anything into these
if (!chinese) {
  for (const attribute of ['placeholder', 'aria-label']) {
    document.querySelectorAll(`[data-en-${attribute}]`).forEach((element) => element.setAttribute(attribute, element.getAttribute(`data-en-${attribute}`)));
  }
  document.querySelectorAll('[data-en]').forEach((element) => (element.textContent = element.dataset.en));
}

export const $ = (id) => document.getElementById(id);

/** Shows this in the page's `#message`; nothing clears it. */
export function tell(...content) {
  $('message').replaceChildren(...content);
  $('message').hidden = content.length === 0;
  if (content.length > 0) {
    $('message').scrollIntoView({ block: 'nearest' });
  }
}

export const good = (...content) => h('div', { class: 'notice notice-good' }, ...content);
export const warning = (...content) => h('div', { class: 'notice notice-warning' }, ...content);

/** Does it, and says why when the server refuses; where the session is over, goes to the login. */
export async function attempt(action) {
  tell();
  try {
    await action();
  } catch (error) {
    if (error.status === 401) {
      location.href = address('login?expired');
      return;
    }
    tell(failure(error));
  }
}
