// Tasklist plug-ins of our own, loaded through customScripts in ../config.js.
// Tasklist stays blank when this module fails to load.

import { pagesMenu } from './pages-menu.js';
import { queueCard } from './queue-card.js';
import { translateForms } from './form-language.js';
import { translateFormTexts } from './form-texts.js';
import { provideTexts } from './texts.js';

translateForms();
translateFormTexts();

// Both are there before the first task is drawn. When one fails, Tasklist still works: labels come a moment later,
// forms lack their tables.
await Promise.allSettled([provideTexts(), import('../../../../../assets/components/index.js')]).then((outcomes) =>
  outcomes.filter(({ reason }) => reason).forEach(({ reason }) => console.error(reason))
);

export default [pagesMenu, queueCard];
