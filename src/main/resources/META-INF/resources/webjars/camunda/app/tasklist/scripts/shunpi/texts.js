import { chinese } from './language.js';

// where Tasklist keeps its texts between visits, and under which name
const STORE = 'camunda-web';
const locale = chinese ? 'zh' : 'en';
const base = document.querySelector('base').getAttribute('app-root');
const key = `${base}/app/tasklist/locales/_locales_data_${locale}_${window.bust}`;

/**
 * Puts the texts where Tasklist looks first. It draws labels without waiting for them, so that on somebody's first
 * visit some would show as SEARCH_PLACEHOLDER, and after an update the old ones once more.
 */
export async function provideTexts() {
  const response = await fetch(`${base}/app/tasklist/locales/${locale}.json`);
  const texts = await response.json();
  const kept = JSON.parse(localStorage.getItem(STORE) ?? '{}');
  localStorage.setItem(STORE, JSON.stringify({ ...kept, [key]: JSON.stringify(texts) }));
}
