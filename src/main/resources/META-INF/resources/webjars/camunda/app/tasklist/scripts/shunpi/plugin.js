// Tasklist plug-ins of our own, loaded through customScripts in ../config.js.
// Tasklist stays blank when this module fails to load.

import { pagesMenu } from './pages-menu.js';
import { queueCard } from './queue-card.js';
import { translateForms } from './form-language.js';
import { translateFormTexts } from './form-texts.js';

translateForms();
translateFormTexts();
// The forms' building blocks, there before the first form is. Without them a form lacks its tables, but Tasklist works.
await import('../../../../../assets/components/index.js').catch((error) => console.error(error));

export default [pagesMenu, queueCard];
